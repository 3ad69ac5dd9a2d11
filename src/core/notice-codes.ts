/** The codes of notices, as data: types, the docs page and tests walk this table. */
export interface NoticeCodeRecord {
  readonly code: string;
  readonly meaning: string;
}

export const noticeCodes = [
  { code: 'message', meaning: 'Text for people that is not part of the result.' },
  { code: 'consent', meaning: 'What a change would do, told before the question whether to go on.' },
  { code: 'adopted', meaning: 'The change was under way or done already: it is followed, and nothing was sent.' },
  { code: 'answer-lost', meaning: "Azure's answer was lost; the node pool is read to see what became of the request." },
  { code: 'pools-left-out', meaning: 'Node pools that cannot have LocalDNS are left out of --all-pools.' },
  {
    code: 'operation-goes-on',
    meaning: 'The operation in Azure goes on after the interrupt; the message says how to wait for it.',
  },
  { code: 'operation-in-progress', meaning: 'Another operation runs; the request is sent again after a pause.' },
  { code: 'pool-changed', meaning: 'The node pool changed while the question stood; the question is asked again.' },
  { code: 'other-field-changed', meaning: 'After the change another property of the node pool differs as well.' },
  { code: 'latest-image-unknown', meaning: 'Azure does not say which node image is the latest.' },
  { code: 'feature-unknown', meaning: 'Azure does not know the preview feature any more.' },
  { code: 'subscriptions-not-read', meaning: 'Some subscriptions could not be read, and are left out.' },
  { code: 'no-clusters', meaning: 'No cluster was found in the scope.' },
  { code: 'ignore-file', meaning: 'The ignore file in the usual place counts.' },
  { code: 'facts-not-saved', meaning: 'The file of --save-facts was not written, because the facts are not complete.' },
  { code: 'config-warning', meaning: 'The localdnsconfig.json is valid, but has a risk.' },
  {
    code: 'mode-preferred',
    meaning: 'The profile to write has mode Preferred, which reimages nodes and turns nothing on today.',
  },
  { code: 'simulator-ready', meaning: 'The simulator answers at the address in the message.' },
] as const satisfies readonly NoticeCodeRecord[];

export type NoticeCode = (typeof noticeCodes)[number]['code'];
