import { warnsAlways, type ScopeCheck } from '../check.ts';

export const ignoreExpired: ScopeCheck = {
  id: 'ignore-expired',
  title: 'No entry of the ignore file has expired',
  problem: 'Expired entry in the ignore file',
  level: 'config',
  severity: warnsAlways,
  since: '2025-07',
  source: {
    document: 'Azure Policy docs, exemptions: expiresOn, by whose example entries of the ignore file expire',
    link: 'https://learn.microsoft.com/azure/governance/policy/concepts/exemption-structure',
  },
  stops: 'turning-on',
  onlyWith: '--ignore-file',
  explanation:
    'Every entry of an ignore file names an owner, a reason and the last day on which it holds, so that an exception does not outlive what it was ' +
    'made for. From the day after, the entry sets nothing aside any more, and a row says so: what it hid counts again beside it. ' +
    'Days are those of UTC.',
  howToFix: 'Mend what the entry was for and take it out, or agree with its owner on a new day.',
};
