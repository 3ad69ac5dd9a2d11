import { UsageError } from '../../../core/errors.ts';
import type { JsonValue } from '../../../core/json.ts';
import { reportFormatNames } from '../../../report/format.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';
import { reportLayout } from '../../io/report-layout.ts';
import { replaceOption } from '../../options/output.ts';
import { replacedByReport } from '../../options/report.ts';

const options = {
  to: {
    type: 'string',
    required: true,
    placeholder: 'FORMAT',
    choices: reportFormatNames,
    summary: 'Output format',
  },
  out: {
    type: 'string',
    placeholder: 'FILE',
    summary: 'File to write. Defaults to standard output',
  },
  ...replaceOption,
  'mask-ids': { type: 'boolean', summary: 'Shorten subscription IDs' },
} as const satisfies Options;

export const reportConvert = defineCommand({
  path: ['report', 'convert'],
  summary: 'Convert a saved prerequisite report to another format',
  description:
    'Reads a JSON report from aks-localdns check. Does not call Azure. The counts are the same in every format.',
  positionals: [
    { name: 'IN.json', summary: 'A report of aks-localdns check as JSON, or - for standard input', required: true },
  ],
  options,
  examples: [
    { title: 'A page for reviewers', command: 'aks-localdns report convert report.json --to html --out report.html' },
    {
      title: 'For a spreadsheet, with shortened subscription IDs',
      command: 'aks-localdns report convert report.json --to csv --mask-ids --out report.csv',
    },
    {
      title: 'In the summary of a GitHub Actions job',
      command: 'aks-localdns report convert report.json --to github-summary >> "$GITHUB_STEP_SUMMARY"',
    },
  ],
  effect: 'none',
  permissions: [],
  run: async (context, args) => {
    const { prerequisites, reportFormats } = await import('../../../report/index.ts');
    const { outFile, requireOutputs, saveDocument } = await import('../../named-files.ts');
    const { readReport } = await import('../../report/saved-report-file.ts');
    const { shown } = await import('../../report/write.ts');
    const [file] = args._;
    if (file === undefined) throw new UsageError('the following arguments are required: IN.json');
    const out = outFile(args.out);
    const replaces = replacedByReport(args.force);
    const output = { option: '--out', file: out, options: { mode: 0o644, replaces } };
    await requireOutputs(context.files, [{ option: 'IN.json', file }], [output]);
    const report = shown(await readReport(context, file), args.maskIds);
    if (out !== undefined) {
      await saveDocument(context, out, reportFormats[args.to](prerequisites(report)), replaces);
      return {};
    }
    const document = reportFormats[args.to](
      prerequisites(report),
      args.to === 'table' ? reportLayout(context.terminal) : {},
    );
    return { value: report as unknown as JsonValue, document };
  },
});
