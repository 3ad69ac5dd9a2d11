import { warnsAlways, type ScopeCheck } from '../check.ts';

export const ignoreExpired: ScopeCheck = {
  id: 'ignore-expired',
  title: 'No ignore file entry has expired',
  problem: 'Expired ignore file entry',
  level: 'config',
  severity: warnsAlways,
  since: '2025-07',
  source: {
    document: 'Azure Policy docs, exemptions: expiresOn, the model for the expiry of ignore file entries',
    link: 'https://learn.microsoft.com/azure/governance/policy/concepts/exemption-structure',
  },
  stops: 'turning-on',
  onlyWith: '--ignore-file',
  explanation:
    'Every entry of an ignore file has an owner, a reason and an expiry date, so that exceptions are reviewed. The ' +
    'entry applies through that day (UTC). After that, the findings that it covered count again, and the report ' +
    'lists the expired entry.',
  howToFix:
    'Fix the findings that the entry covers and remove the entry, or agree on a new expiry date with its owner.',
};
