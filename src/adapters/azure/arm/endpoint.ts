import { UsageError } from '../../../core/errors.ts';
import { oneLine } from '../../../core/text.ts';

const loopback = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

export function isLoopback(endpoint: string): boolean {
  return URL.canParse(endpoint) && loopback.test(new URL(endpoint).hostname);
}

/**
 * The origin of ARM, or of the override if there is one.
 * @throws UsageError if the override is not https, or is on another machine without permission: a token is sent to it.
 */
export function armOrigin(standard: string, override: string | undefined, allowed: boolean): string {
  if (override === undefined) return new URL(standard).origin;
  const name = 'AKS_LOCALDNS_ARM_ENDPOINT';
  if (!URL.canParse(override)) throw new UsageError(`${name}: '${oneLine(override)}' is not a URL.`);
  const url = new URL(override);
  if (url.protocol !== 'https:')
    throw new UsageError(`${name} must start with https://, because a token is sent to it.`);
  if (!allowed && !isLoopback(override)) {
    throw new UsageError(`${name} points to another machine (${oneLine(url.host)}), and a token would be sent to it.`, [
      'To allow it, set AKS_LOCALDNS_ALLOW_ENDPOINT=1.',
    ]);
  }
  return url.origin;
}
