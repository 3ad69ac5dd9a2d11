import { cluster, pool, subscriptions } from './clusters.mjs';

const one = '-g rg-az -n aks-35';
const ofPool = '-g rg-az --cluster-name aks-35';

export const aksWhileBusy = {
  title: 'az aks, while an operation runs',
  speed: 1,
  load: [
    ...subscriptions,
    cluster('aks-35', '1.35.2', [pool('sys', '1.35.2', { mode: 'System' }), pool('web', '1.35.2')]),
    cluster('aks-36', '1.36.4', [pool('sys', '1.36.4', { mode: 'System' })]),
  ],
  steps: [
    { line: `aks upgrade ${one} -k 1.36 --yes --no-wait`, outcome: 'upgrading' },
    { line: `aks show ${one} --query provisioningState`, says: 'Upgrading', outcome: '`Upgrading`' },
    {
      line: `aks nodepool scale ${ofPool} -n web --node-count 3`,
      exit: 1,
      says: ['(OperationNotAllowed)', 'az aks operation-abort'],
      outcome: '409 `OperationNotAllowed`, which names `az aks operation-abort`',
    },
    { line: `aks stop ${one}`, exit: 1, says: '(OperationNotAllowed)', outcome: '409 `OperationNotAllowed`' },
    { line: `aks operation-abort ${one}`, outcome: 'canceled' },
    {
      line: `aks show ${one} --query [provisioningState,currentKubernetesVersion]`,
      says: ['Canceled', '1.35.2'],
      outcome: '`Canceled`, and still 1.35.2',
    },
    { line: `aks nodepool update ${ofPool} -n web --labels a=b --no-wait`, outcome: 'updating' },
    { line: `aks nodepool operation-abort ${ofPool} -n web`, outcome: 'canceled' },
    { line: `aks nodepool show ${ofPool} -n web --query provisioningState`, says: 'Canceled', outcome: '`Canceled`' },
    { line: 'aks operation-abort -g rg-az -n aks-36', outcome: 'nothing ever ran: no content' },
  ],
};
