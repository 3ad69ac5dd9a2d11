import { reportFormatNames } from '../../../report/format-names.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';

export const options = {
  to: {
    type: 'string',
    required: true,
    placeholder: 'FORMAT',
    choices: reportFormatNames,
    summary: 'The form to show it in',
  },
  out: {
    type: 'string',
    placeholder: 'FILE',
    summary: 'Write to this file, over what is there; standard output where it is not given',
  },
  'mask-ids': { type: 'boolean', summary: 'Shorten the ids of subscriptions wherever they stand' },
} as const satisfies Options;

export const reportConvert = defineCommand({
  path: ['report', 'convert'],
  summary: 'Show a saved prerequisite report in another form',
  description:
    'Reads what aks-localdns check wrote as JSON, and needs no Azure. The counts are the same in every form.',
  positionals: [
    { name: 'IN.json', summary: 'A report of aks-localdns check as JSON, or - for standard input', required: true },
  ],
  options,
  examples: [
    { title: 'A page for reviewers', command: 'aks-localdns report convert report.json --to html --out report.html' },
    {
      title: 'For a spreadsheet, without the ids of subscriptions',
      command: 'aks-localdns report convert report.json --to csv --mask-ids --out report.csv',
    },
    {
      title: 'Into the summary of a GitHub Actions job',
      command: 'aks-localdns report convert report.json --to github-summary >> "$GITHUB_STEP_SUMMARY"',
    },
  ],
  effect: 'none',
  permissions: [],
  load: async () => import('./convert.run.ts'),
});
