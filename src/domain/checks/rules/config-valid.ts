import { count } from '../../../core/text.ts';
import { failsAlways, type SharedCheck } from '../check.ts';
import { shown } from '../words.ts';

const required = 'a configuration without errors';

export const configValid: SharedCheck = {
  id: 'config-valid',
  title: 'The LocalDNS configuration is valid',
  level: 'config',
  severity: failsAlways,
  since: '2025-07',
  source: {
    document: 'AKS docs, DNS resolution with LocalDNS, configuration and its validation rules',
    link: 'https://learn.microsoft.com/azure/aks/localdns-custom',
  },
  stops: 'turning-on',
  explanation:
    'The file given with --localdns-config is read and judged by the rules of the service before anything is sent: duplicate and unknown keys, ' +
    'wrong types and words, required zones, forbidden combinations. Azure would refuse most of it, and the Azure CLI drops some of it in silence.',
  howToFix: 'Mend the file at the lines that are named, and check again.',
  judge({ config }) {
    if (config === undefined) return undefined;
    const [firstError] = config.errors;
    const [firstWarning] = config.warnings;
    const first = shown(firstError ?? firstWarning);
    if (firstError !== undefined) {
      const rest = config.errors.length > 1 ? ` (and ${count(config.errors.length - 1, 'more error')})` : '';
      return { status: 'fail', observed: count(config.errors.length, 'error'), required, reason: `${first}${rest}`, fix: `Mend ${shown(config.file)}, then check again.` };
    }
    if (firstWarning !== undefined) {
      const rest = config.warnings.length > 1 ? ` (and ${count(config.warnings.length - 1, 'more warning')})` : '';
      return { status: 'warn', observed: count(config.warnings.length, 'warning'), required, reason: `${first}${rest}`, fix: `Look at ${shown(config.file)}.` };
    }
    return { status: 'pass', observed: 'no findings', required, reason: `${shown(config.file)} is valid.` };
  },
};
