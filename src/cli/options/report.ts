import { list } from '../../core/text.ts';
import { reportFormatNames } from '../../report/format-names.ts';
import type { Options } from '../framework/definition.ts';

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
} as const satisfies Options;
