import { CliError } from '../core/errors.ts';
import type { ErrorCode } from '../core/error-codes.ts';
import type { RunResult } from '../core/ports.ts';
import { safeText } from '../core/redact.ts';

interface FailureRule {
  readonly code: ErrorCode;
  /** Matches what kubectl wrote to its standard error. */
  readonly pattern: RegExp;
  readonly hints: readonly string[];
}

/** The first match decides. Source: kubectl 1.20 to 1.34. */
const rules: readonly FailureRule[] = [
  {
    code: 'kubernetes-not-permitted',
    pattern: /\(Forbidden\)|forbidden: User|cannot (?:list|get|create) resource/i,
    hints: ['Print the role that verify needs: aks-localdns verify --print-role'],
  },
  {
    code: 'kubernetes-not-signed-in',
    pattern: /Unauthorized|must be logged in|getting credentials: exec|provide credentials|no Auth Provider found/i,
    hints: ['Sign in to the cluster again, for example with: kubelogin convert-kubeconfig -l azurecli'],
  },
  {
    code: 'kubernetes-unreachable',
    pattern:
      /Unable to connect to the server|dial tcp|no such host|i\/o timeout|connection refused|was refused|TLS handshake|x509:|context deadline exceeded|no route to host|ServiceUnavailable|EOF$/im,
    hints: ['A private cluster is reachable only from its network. --via run-command goes through Azure instead.'],
  },
];

/** Leaves out klog lines and warnings, which are less useful than the error itself. */
function errorOf(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !/^(?:[EIW]\d{4} |Warning:)/.test(line));
  return safeText(lines.join(' ') || stderr, 300);
}

/** The user error for a kubectl that failed. `doing` is a noun phrase: `Listing nodes`. */
export function kubectlFailure(doing: string, { stderr, exitCode }: RunResult): CliError {
  const rule = rules.find(({ pattern }) => pattern.test(stderr));
  const error = errorOf(stderr);
  return new CliError({
    code: rule?.code ?? 'kubernetes-failed',
    message: `${doing} failed: ${error === '' ? `kubectl ended with exit code ${String(exitCode)}` : error.replace(/\.$/, '')}.`,
    hints: rule?.hints ?? [],
  });
}
