import { parseDuration } from '../../core/text.ts';

export interface Waiting {
  readonly noWait: boolean;
  readonly timeoutSeconds: number | undefined;
}

/** --no-wait and --timeout. @throws UsageError naming the option. */
export function waiting(args: { readonly noWait: boolean; readonly timeout: string | undefined }): Waiting {
  return {
    noWait: args.noWait,
    timeoutSeconds: args.timeout === undefined ? undefined : parseDuration(args.timeout, '--timeout'),
  };
}
