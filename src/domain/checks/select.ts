import { UsageError } from '../../core/errors.ts';
import { nearest, oneLine } from '../../core/text.ts';
import type { Check } from './check.ts';
import { catalogue } from './rules/index.ts';

export const checkIds: readonly string[] = catalogue.map((check) => check.id);

/** @throws UsageError if an id is none of a check, with the nearest one that is. */
export function requireCheckIds(ids: readonly string[], option: string): readonly string[] {
  for (const id of ids) findCheck(id, option);
  return ids;
}

/** @throws UsageError as above. `place` is the option or argument that named it. */
export function findCheck(id: string, place: string): Check {
  const check = catalogue.find((candidate) => candidate.id === id.trim().toLowerCase());
  if (check !== undefined) return check;
  const near = nearest(id, checkIds);
  throw new UsageError(`${place}: no check is called '${oneLine(id)}'.`, [
    ...(near === undefined ? [] : [`Did you mean '${near}'?`]),
    'The checks: aks-localdns check list',
  ]);
}
