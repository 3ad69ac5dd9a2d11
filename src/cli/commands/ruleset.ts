import { UsageError } from '../../core/errors.ts';
import { nearest, oneLine } from '../../core/text.ts';
import { rulesets, type Ruleset } from '../../model/check.ts';
import type { Context } from '../context.ts';

/** --ruleset, else AKS_LOCALDNS_RULESET, else the guide in full. */
export function rulesetOf(context: Context, given: Ruleset | undefined): Ruleset {
  if (given !== undefined) return given;
  const setting = context.settings.ruleset;
  if (setting === undefined) return 'preview';
  const known = rulesets.find((ruleset) => ruleset === setting);
  if (known !== undefined) return known;
  const near = nearest(setting, rulesets);
  throw new UsageError(
    `AKS_LOCALDNS_RULESET: '${oneLine(setting)}' is not one of ${rulesets.join(', ')}.${near === undefined ? '' : ` Did you mean '${near}'?`}`,
  );
}
