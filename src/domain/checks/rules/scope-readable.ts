import { warnsAlways, type ScopeCheck } from '../check.ts';

export const scopeReadable: ScopeCheck = {
  id: 'scope-readable',
  title: 'The subscription and its clusters can be read',
  problem: 'Subscription or clusters not readable',
  level: 'subscription',
  severity: warnsAlways,
  since: '2025-07',
  source: {
    document: 'AKS docs, Access and identity options, the rights of the roles',
    link: 'https://learn.microsoft.com/azure/aks/concepts-identity',
  },
  stops: 'turning-on',
  explanation:
    'A report speaks of what could be read. A subscription that may not be read, a cluster that may not be read or went away meanwhile, a page of ' +
    'Resource Graph that failed or was cut short: each is a row with the status unknown, so that nobody takes silence for health. A subscription ' +
    'that is disabled runs nothing and takes no changes: it is passed over, and a row says so.',
  howToFix: 'Get the right to read (the role Reader is enough), or choose a scope without what cannot be read.',
};
