import { warnsAlways, type ScopeCheck } from '../check.ts';

export const scopeReadable: ScopeCheck = {
  id: 'scope-readable',
  title: 'The subscription and its clusters can be read',
  problem: 'Subscription or clusters not readable',
  level: 'subscription',
  severity: warnsAlways,
  since: '2025-07',
  source: {
    document: 'AKS docs, Access and identity options, permissions of the roles',
    link: 'https://learn.microsoft.com/azure/aks/concepts-identity',
  },
  stops: 'turning-on',
  explanation:
    'A report covers only what could be read. A subscription or cluster without read permission, a cluster that was ' +
    'deleted meanwhile, and a page of Resource Graph results that failed or was truncated each get a row with the ' +
    'status unknown, so that the gap is visible. A disabled subscription runs nothing and accepts no changes; it ' +
    'gets a row with the status skip.',
  howToFix:
    'Request read permission (the Reader role is enough), or choose a scope without the parts that cannot be read.',
};
