import { count } from '../../../core/text.ts';
import { failsAlways, type SharedCheck } from '../check.ts';
import { shown } from '../verdict-parts.ts';

const required = 'a configuration without errors';

export const configValid: SharedCheck = {
  id: 'config-valid',
  title: 'The LocalDNS configuration is valid',
  problem: 'LocalDNS configuration not valid',
  level: 'config',
  severity: failsAlways,
  since: '2025-07',
  source: {
    document: 'AKS docs, DNS resolution with LocalDNS, configuration and its validation rules',
    link: 'https://learn.microsoft.com/azure/aks/localdns-custom',
  },
  stops: 'turning-on',
  onlyWith: '--localdns-config',
  explanation:
    'The file given with --localdns-config is read and judged by the rules of the service before anything is sent: duplicate and unknown keys, ' +
    'wrong types and words, required zones, forbidden combinations. Azure would refuse most of it, and the Azure CLI drops some of it in silence. ' +
    'A file that is something else, such as Bicep or Terraform, is named for what it is.',
  howToFix:
    'Mend the file at the lines that are named, or take the profile out of another form with aks-localdns config import, and check again.',
  judge({ config }) {
    if (config === undefined) return undefined;
    const { errors, warnings, foreign } = config;
    // All of them: whoever mends the first wants to know of the rest.
    const all = (findings: readonly string[]): string => findings.map((finding) => shown(finding)).join('; ');
    if (errors.length > 0) {
      return {
        status: 'fail',
        observed: count(errors.length, 'error'),
        required,
        reason: foreign === undefined ? all(errors) : `${shown(foreign.what)}.`,
        fix: foreign?.fix ?? `Mend ${shown(config.file)}, then check again.`,
      };
    }
    if (warnings.length > 0) {
      return {
        status: 'warn',
        observed: count(warnings.length, 'warning'),
        required,
        reason: all(warnings),
        fix: `Look at ${shown(config.file)}.`,
      };
    }
    return { status: 'pass', observed: 'no findings', required, reason: `${shown(config.file)} is valid.` };
  },
};
