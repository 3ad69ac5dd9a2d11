import { cluster, pool, subscriptions } from './clusters.mjs';

const feature = '--name LocalDNSPreview';
const registration = 'feature registration';

export const account = {
  title: 'az feature, provider and account',
  speed: 3600,
  load: [...subscriptions, cluster('aks-36', '1.36.4', [pool('sys', '1.36.4', { mode: 'System' })])],
  steps: [
    {
      line: 'feature list --query [].name',
      says: 'Microsoft.ContainerService/LocalDNSPreview',
      outcome: 'the features',
    },
    {
      line: 'feature list --namespace Microsoft.ContainerService --query [].properties.state',
      says: 'NotRegistered',
      outcome: 'not registered',
    },
    { line: `${registration} list`, says: '[]', outcome: 'none was ever registered' },
    {
      line: `${registration} create --namespace Microsoft.ContainerService ${feature}`,
      says: 'Registering',
      outcome: 'registering',
    },
    {
      line: `${registration} show --provider-namespace Microsoft.ContainerService ${feature} --query properties.state`,
      says: '"Registered"',
      outcome: 'registered',
    },
    {
      line: `${registration} list --query [].name`,
      says: 'LocalDNSPreview',
      outcome: 'listed',
    },
    {
      line: 'provider register -n Microsoft.ContainerService --wait',
      outcome: 'registered again',
    },
    {
      line: `${registration} delete --namespace Microsoft.ContainerService ${feature} --yes`,
      outcome: 'unregistering',
    },
    {
      line: `feature show --namespace Microsoft.ContainerService ${feature} --query properties.state`,
      says: 'Unregistered',
      outcome: 'unregistered',
    },
    { line: 'account list --query [].name', says: 'Real az', outcome: 'the subscription' },
    { line: 'account list-locations --query [].name', says: 'westeurope', outcome: 'the regions' },
    { line: 'account management-group list -o table', says: ['contoso', 'contoso-prod-eu'], outcome: 'the groups' },
    {
      line: 'account management-group show --name contoso --expand --recurse --query children[].children[].name',
      says: 'contoso-prod-eu',
      outcome: 'what is below, however deep',
    },
    {
      line: 'account management-group show --name none',
      exit: 3,
      says: '(NotFound)',
      outcome: '404 `NotFound`',
    },
    {
      line: 'vm list-skus -l westeurope --resource-type virtualMachines --query "[?name==\'Standard_D4ds_v5\'].family"',
      says: 'standardDDSv5Family',
      outcome: 'the sizes',
    },
    { line: 'vm list-usage -l westeurope -o table', says: 'Total Regional vCPUs', outcome: 'the quota' },
    {
      line: 'role assignment list --all',
      exit: 1,
      says: 'microsoft_graph_resource_id',
      outcome: 'not possible: it needs Microsoft Graph, which is not simulated',
    },
  ],
};
