import type { OutputOptions } from '../../core/ports.ts';
import { list } from '../../core/text.ts';
import { reportBeginning, reportFormatNames } from '../../report/format-names.ts';
import type { Options } from '../framework/definition.ts';
import { replaceOption } from './output.ts';

/** Options of every command that makes a report, in addition to -o. */
export const reportOptions = {
  report: {
    type: 'string',
    repeatable: true,
    placeholder: 'FORMAT=FILE',
    summary: `Also write the report to a file, as ${list(reportFormatNames, 'or')}; repeatable`,
  },
  'mask-ids': {
    type: 'boolean',
    summary: 'Shorten subscription IDs in every format of the report',
  },
  ...replaceOption,
} as const satisfies Options;

/** Which files a report may replace. */
export function replacedByReport(force: boolean): OutputOptions['replaces'] {
  return force ? 'any' : reportBeginning;
}
