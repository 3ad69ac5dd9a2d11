/** The notice codes as data; the types, the docs and the tests read this table. */
export interface NoticeCodeRecord {
  readonly code: string;
  readonly meaning: string;
}

export const noticeCodes = [
  { code: 'message', meaning: 'Text for people that is not part of the result.' },
  {
    code: 'consent',
    meaning: 'What a change will do, before the prompt or with --yes; `data` has the plans of node pools.',
  },
  { code: 'adopted', meaning: 'The change was already running or done. It is followed; nothing was sent.' },
  {
    code: 'answer-lost',
    meaning: 'The response from Azure was lost. The node pool is read to find out the outcome of the request.',
  },
  { code: 'settings-unknown', meaning: 'The node pool has settings that this version does not know.' },
  { code: 'probe-pods-left', meaning: 'Pods that asked DNS could not be removed from the cluster.' },
  { code: 'probe-pods-removed', meaning: 'Pods that an earlier, interrupted run had left were removed.' },
  { code: 'pools-left-out', meaning: 'Node pools that do not support LocalDNS are left out of --all-pools.' },
  {
    code: 'operation-goes-on',
    meaning: 'The Azure operation continues after the interrupt. The message contains the command to wait for it.',
  },
  { code: 'operation-in-progress', meaning: 'Another operation is running. The request is retried after a pause.' },
  { code: 'pool-changed', meaning: 'The node pool changed before you confirmed. The prompt is shown again.' },
  { code: 'other-field-changed', meaning: 'After the change, another property of the node pool also differs.' },
  { code: 'latest-image-unknown', meaning: 'Azure did not report the latest node image.' },
  { code: 'feature-unknown', meaning: 'The preview feature no longer exists in Azure.' },
  { code: 'subscriptions-not-read', meaning: 'Some subscriptions could not be read and were skipped.' },
  { code: 'no-clusters', meaning: 'No cluster was found in the scope.' },
  { code: 'azure-config', meaning: 'A file of the Azure CLI (config or azureProfile.json) is broken and is not used.' },
  { code: 'ignore-file', meaning: 'The ignore file in the default location is used.' },
  { code: 'facts-not-saved', meaning: 'The --save-facts file was not written, because the facts are incomplete.' },
  { code: 'config-warning', meaning: 'The localdnsconfig.json is valid but risky.' },
  {
    code: 'mode-preferred',
    meaning: 'The profile to write has mode Preferred, which reimages nodes but does not enable LocalDNS today.',
  },
  { code: 'kubernetes-way', meaning: 'How the API server of the cluster is reached, and why not otherwise.' },
  { code: 'simulator-ready', meaning: 'The simulator listens on the address in the message.' },
] as const satisfies readonly NoticeCodeRecord[];

export type NoticeCode = (typeof noticeCodes)[number]['code'];
