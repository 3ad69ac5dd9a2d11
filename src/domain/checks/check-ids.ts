import { UsageError } from '../../core/errors.ts';
import { nearest, oneLine } from '../../core/text.ts';
import type { Check } from './check.ts';
import { catalogue } from './rules/index.ts';

export const checkIds: readonly string[] = catalogue.map((check) => check.id);

/** The IDs as the catalogue spells them. @throws UsageError for an unknown id, with the most similar one as a suggestion. */
export function requireCheckIds(ids: readonly string[], option: string): readonly string[] {
  return ids.map((id) => findCheck(id, option).id);
}

/** `place` is the option or argument with the id. @throws UsageError for an unknown id. */
export function findCheck(id: string, place: string): Check {
  const check = catalogue.find((candidate) => candidate.id === id.trim().toLowerCase());
  if (check !== undefined) return check;
  const near = nearest(id, checkIds);
  throw new UsageError(`${place}: there is no check '${oneLine(id)}'.`, [
    ...(near === undefined ? [] : [`Did you mean '${near}'?`]),
    'To list the checks: aks-localdns check list',
  ]);
}
