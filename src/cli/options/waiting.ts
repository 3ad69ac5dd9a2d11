import { parseDuration } from '../../core/text.ts';
import type { Options } from '../framework/definition.ts';

export const yesOption = {
  yes: { type: 'boolean', short: 'y', summary: 'Skip the confirmation prompt; required without a terminal' },
} as const satisfies Options;

export const waitOptions = {
  'no-wait': { type: 'boolean', summary: 'Do not wait for the operation to finish' },
  timeout: {
    type: 'string',
    placeholder: 'DURATION',
    summary: 'Stop after this total time (90s, 20m, 2h) with exit code 13; the Azure operation continues',
  },
} as const satisfies Options;

export const otherOperationOption = {
  'wait-for-operation': {
    type: 'string',
    placeholder: 'DURATION',
    valueless: '60m',
    summary: 'If another operation is in progress, wait up to this long for it to finish, then check again',
  },
} as const satisfies Options;

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
