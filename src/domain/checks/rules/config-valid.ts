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
    'Validates the file given with --localdns-config against the rules of the service before anything is sent: ' +
    'duplicate and unknown keys, wrong types and values, required zones, forbidden combinations. Azure would reject ' +
    'most of these errors, and the Azure CLI silently drops some of them. A file in another format, such as Bicep or ' +
    'Terraform, is recognized and reported.',
  howToFix:
    'Fix the file at the reported lines, or convert another format with aks-localdns config import. Then check again.',
  judge({ config }) {
    if (config === undefined) return undefined;
    const { errors, warnings, foreign } = config;
    // Reports all of them, so that they can be fixed in one pass.
    const all = (findings: readonly string[]): string => findings.map((finding) => shown(finding)).join('; ');
    if (errors.length > 0) {
      return {
        status: 'fail',
        observed: count(errors.length, 'error'),
        required,
        reason: foreign === undefined ? all(errors) : `${shown(foreign.what)}.`,
        fix: foreign?.fix ?? `Fix ${shown(config.file)}, then check again.`,
      };
    }
    if (warnings.length > 0) {
      return {
        status: 'warn',
        observed: count(warnings.length, 'warning'),
        required,
        reason: all(warnings),
        fix: `Review ${shown(config.file)}.`,
      };
    }
    return { status: 'pass', observed: 'no findings', required, reason: `${shown(config.file)} is valid.` };
  },
};
