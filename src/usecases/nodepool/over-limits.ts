import { CliError } from '../../core/errors.ts';
import type { LimitViolation } from '../../domain/change/index.ts';
import type { PoolRef } from '../../model/ids.ts';
import { poolName } from '../../model/pool-command.ts';

/** @throws CliError `outside-limits` if AKS documents that it rejects the requested settings. */
export function refuseOverLimits(ref: PoolRef, broken: readonly LimitViolation[]): void {
  const [first, ...others] = broken;
  if (first === undefined) return;
  throw new CliError({
    code: 'outside-limits',
    message: `AKS would reject this change of ${poolName(ref)}: ${first.message} Nothing was changed.`,
    hints: [...others.map(({ message }) => message), `Source: ${first.link}`],
  });
}
