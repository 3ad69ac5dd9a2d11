import type { OutputOptions } from '../../core/ports.ts';
import { list } from '../../core/text.ts';
import { reportBeginning, reportFormatNames } from '../../report/format-names.ts';
import type { Options } from '../framework/definition.ts';
import { replaceOption } from './output.ts';

/** What every command that makes a report offers beside -o. */
export const reportOptions = {
  report: {
    type: 'string',
    repeatable: true,
    placeholder: 'FORMAT=FILE',
    summary: `Write the report to a file too, as ${list(reportFormatNames, 'or')}; several may be given`,
  },
  'mask-ids': {
    type: 'boolean',
    summary: 'Shorten the ids of subscriptions wherever they stand, in every form of the report',
  },
  ...replaceOption,
} as const satisfies Options;

/** What a report may replace. */
export function replacedByReport(force: boolean): OutputOptions['replaces'] {
  return force ? 'any' : reportBeginning;
}
