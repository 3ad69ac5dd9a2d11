import type { ProfileFinding } from '../localdns/index.ts';
import type { ConfigFacts } from './facts.ts';

function line({ line, column, message, instead }: ProfileFinding): string {
  return `line ${String(line)}, column ${String(column)}: ${message}${instead === undefined ? '' : ` (${instead})`}`;
}

/** The findings of a file in the form that `config-valid` needs. */
export function configFacts(file: string, findings: readonly ProfileFinding[]): ConfigFacts {
  return {
    file,
    errors: findings.filter(({ severity }) => severity === 'fail').map((finding) => line(finding)),
    warnings: findings.filter(({ severity }) => severity === 'warn').map((finding) => line(finding)),
  };
}
