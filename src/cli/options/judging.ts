import { UsageError } from '../../core/errors.ts';
import { nearest, oneLine } from '../../core/text.ts';
import { rulesets, type Ruleset } from '../../model/check.ts';
import type { Context } from '../framework/context.ts';
import type { Options } from '../framework/definition.ts';

export const judgeOptions = {
  ruleset: {
    type: 'string',
    choices: rulesets,
    default: 'preview',
    summary:
      'Rules to apply: preview is the complete guide of 2025, ga the service since November 2025. Also AKS_LOCALDNS_RULESET',
  },
  ignore: {
    type: 'string',
    repeatable: true,
    placeholder: 'ID|FILE',
    summary:
      'Checks to ignore, or a file of them with scope, owner, reason and expiry; the result lists what was ignored',
  },
  'ignore-file': {
    type: 'string',
    placeholder: 'FILE',
    default: '.aks-localdns-ignore.yaml',
    summary: 'File of checks to ignore; the default file is used if it exists in the working directory',
  },
} as const satisfies Options;

export const configOption = {
  'localdns-config': {
    type: 'string',
    placeholder: 'FILE',
    summary: 'Path to a localdnsconfig.json, or - for standard input',
  },
} as const satisfies Options;

/** --ruleset, or AKS_LOCALDNS_RULESET, or preview. */
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
