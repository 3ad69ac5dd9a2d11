import { UsageError } from '../../core/errors.ts';
import type { ExitCodeName } from '../../core/exit-codes.ts';
import type { JsonObject } from '../../core/json.ts';
import { count, oneLine } from '../../core/text.ts';
import { renderPoolPlan } from '../../report/pool-plan.ts';
import { exitOfPools, writeValue, type PoolEnd, type WriteResult } from '../../usecases/nodepool/index.ts';
import type { Context } from '../framework/context.ts';
import type { CommandResult } from '../io/result.ts';

export interface ShowArguments {
  readonly dryRun: boolean;
  readonly detailedExitcode: boolean;
  readonly showRequest?: boolean;
}

/** @throws UsageError */
export function requireDryRun(args: ShowArguments): void {
  if (args.dryRun) return;
  if (args.detailedExitcode) throw new UsageError('--detailed-exitcode requires --dry-run.');
  if (args.showRequest === true) throw new UsageError('--show-request requires --dry-run.');
}

/** An unexpected change by Azure leaves the requested change unproven. */
function exitOf(result: WriteResult, args: ShowArguments): ExitCodeName {
  if (result.otherChanges.some(({ expected }) => !expected)) return 'unproven';
  return args.detailedExitcode && result.outcome === 'planned' ? 'changes-pending' : 'ok';
}

function planText(context: Context, result: WriteResult, args: ShowArguments): string {
  const { plan } = result;
  if (plan === undefined) return result.summary;
  const body =
    args.showRequest === true && plan.requestBody !== undefined
      ? `\n\nRequest body:\n${JSON.stringify(plan.requestBody, null, 2)}`
      : '';
  return `${renderPoolPlan(plan, context.terminal.columns)}${body}`;
}

/** The printed result; the summary goes to stderr. A dry run shows its plan instead of a table. */
export function writeOutput(context: Context, result: WriteResult, args: ShowArguments): CommandResult {
  context.say(result.summary);
  const value = writeValue(result, args);
  const exit = exitOf(result, args);
  if (result.dryRun !== true) return { value, exit };
  return { value, exit, formats: { table: () => `${planText(context, result, args)}\n` } };
}

function endValue({ ref, result, error }: PoolEnd, args: ShowArguments): JsonObject {
  if (result !== undefined) return writeValue(result, args);
  const common = { name: ref.pool, changed: false };
  if (error === undefined) return { ...common, outcome: 'not-started' };
  return { ...common, outcome: 'failed', error: { code: error.code, message: error.message } };
}

/** Reports the end of one of several pools immediately, with hints if it failed. */
export function announceEnd(context: Context, { ref, result, error }: PoolEnd): void {
  if (result !== undefined) context.say(result.summary);
  if (error === undefined) return;
  const message = [`${oneLine(ref.pool)}: ${error.message}`, ...error.hints].join('\n  ');
  context.emit({ type: 'notice', level: 'warning', code: error.code, message });
}

/** The results of several pools, one row each. */
export function severalOutput(context: Context, ends: readonly PoolEnd[], args: ShowArguments): CommandResult {
  const results = ends.flatMap(({ result }) => result ?? []);
  const value = ends.map((end) => endValue(end, args));
  const exits = results.map((result) => exitOf(result, args)).filter((exit) => exit !== 'ok');
  const exit = exitOfPools(ends) ?? exits[0] ?? 'ok';
  if (args.dryRun)
    return {
      value,
      exit,
      formats: { table: () => `${results.map((each) => planText(context, each, args)).join('\n\n')}\n` },
    };
  const changed = results.filter(({ outcome }) => outcome !== 'nothing-to-do').length;
  const failed = ends.filter(({ error }) => error !== undefined).length;
  const parts = [
    `${String(changed)} changed`,
    ...(results.length === changed ? [] : [`${String(results.length - changed)} already up to date`]),
    ...(failed === 0 ? [] : [`${String(failed)} failed`]),
    ...(results.length + failed === ends.length
      ? []
      : [`${String(ends.length - results.length - failed)} not started`]),
  ];
  context.say(`${count(ends.length, 'node pool')}: ${parts.join(', ')}.`);
  return { value, exit };
}
