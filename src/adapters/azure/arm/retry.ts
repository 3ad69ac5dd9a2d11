import type { Emit } from '../../../core/events.ts';
import type { Clock, Ids } from '../../../core/ports.ts';
import { duration } from '../../../core/text.ts';
import { AzureError, type AzureErrorClass } from '../../../model/azure-error.ts';
import { connectionRule } from '../errors/connection.ts';

const maxAttempts = 5;

/** A longer Retry-After is not waited for; the error reports it instead. */
const maxPauseSeconds = 300;

const retryableClasses: readonly AzureErrorClass[] = ['throttled', 'transient', 'connection', 'unexpected'];

/** Whether a request that is safe to repeat may be sent again after this error. */
export function worthRetrying(error: AzureError): boolean {
  if (!retryableClasses.includes(error.class)) return false;
  if (error.class === 'connection') return connectionRule(error.azureCode).retry;
  // A page instead of an ARM response: 5xx is a gateway problem and 2xx a partial answer; a proxy's refusal (4xx) is
  // final.
  if (error.class === 'unexpected') return error.status !== undefined && (error.status >= 500 || error.status < 300);
  return error.status !== 501 && error.status !== 505;
}

/**
 * Exponential with jitter: half of the step is fixed, half is random. Throttling starts at 5 s, everything else at 1 s.
 */
function pauseSeconds(error: AzureError, attempt: number, random: number): number {
  if (error.retryAfterSeconds !== undefined) return Math.max(error.retryAfterSeconds, 0.1);
  const first = error.class === 'throttled' ? 5 : 1;
  const step = Math.min(first * 2 ** (attempt - 1), 60);
  return Math.round(step * (0.5 + random / 2) * 10) / 10;
}

function attemptsFor(error: AzureError): number {
  const rule = error.class === 'connection' ? connectionRule(error.azureCode) : undefined;
  return rule?.maxAttempts ?? maxAttempts;
}

/** Why a request is sent again, in words. */
export function retryReason(error: AzureError): string {
  const what: Partial<Record<AzureErrorClass, string>> = {
    throttled: 'Azure is throttling requests',
    connection: error.message.replace(/\.$/, ''),
    unexpected: 'The response did not come from Azure',
  };
  const status = error.status === undefined ? '' : ` (HTTP ${String(error.status)})`;
  return `${what[error.class] ?? 'Azure reported a server error'}${status}`;
}

export interface RetryDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly emit: Emit;
}

function tooLong(error: AzureError, seconds: number): AzureError {
  return new AzureError({
    class: error.class,
    azureCode: error.azureCode,
    subcode: error.subcode,
    target: error.target,
    status: error.status,
    requestId: error.requestId,
    correlationId: error.correlationId,
    retryAfterSeconds: seconds,
    message: `${error.message} Azure asks to wait ${duration(seconds)}, which is longer than aks-localdns waits automatically.`,
    hints: [`Run the same command again in ${duration(seconds)}.`, ...error.hints],
    cause: error,
  });
}

/**
 * Sends again what failed for a transient reason, at most `maxAttempts` times in total, and reports each pause. `may`
 * restricts what is sent again. Rejects with the last error.
 */
export async function withRetry<T>(
  what: { readonly method: string; readonly path: string; readonly may?: (error: AzureError) => boolean },
  deps: RetryDeps,
  signal: AbortSignal,
  send: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof AzureError) || !worthRetrying(error) || what.may?.(error) === false) throw error;
      const seconds = pauseSeconds(error, attempt, deps.ids.random());
      if (seconds > maxPauseSeconds) throw tooLong(error, seconds);
      const most = attemptsFor(error);
      if (attempt >= most) throw error;
      deps.emit({
        type: 'request.retried',
        method: what.method,
        path: what.path,
        attempt: attempt + 1,
        maxAttempts: most,
        delaySeconds: seconds,
        reason: retryReason(error),
      });
      await deps.clock.sleep(seconds * 1000, signal);
    }
  }
}
