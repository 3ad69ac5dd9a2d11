import { UsageError } from '../../../core/errors.ts';
import type { JsonValue } from '../../../core/json.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';
import { reportLayout } from '../../io/report-layout.ts';

const options = {
  'detailed-exitcode': { type: 'boolean', summary: 'Exit with code 12 if findings or node pools changed' },
} as const satisfies Options;

export const reportDiff = defineCommand({
  path: ['report', 'diff'],
  summary: 'Compare two saved prerequisite reports: what is new, worse, better, fixed or no longer checked',
  description: 'Reads JSON reports from aks-localdns check. Does not call Azure.',
  positionals: [
    { name: 'OLD.json', summary: 'The earlier report, or - for standard input', required: true },
    { name: 'NEW.json', summary: 'The later report, or - for standard input', required: true },
  ],
  options,
  examples: [
    { title: 'Changes since last week', command: 'aks-localdns report diff last-week.json today.json -o table' },
    { title: 'For a change request', command: 'aks-localdns report diff before.json after.json -o md' },
    {
      title: 'Stop a pipeline if anything changed',
      command: 'aks-localdns report diff baseline.json report.json --detailed-exitcode',
    },
    {
      title: 'Only new findings',
      command: 'aks-localdns report diff old.json new.json --query "new[].[target, id]" -o tsv',
    },
  ],
  effect: 'none',
  permissions: [],
  formats: ['md'],
  run: async (context, args) => {
    const { diffReports, renderDiffMarkdown, renderDiffTable } = await import('../../../report/index.ts');
    const { readReport } = await import('../../report/saved-report-file.ts');
    const [before, after] = args._;
    if (before === undefined || after === undefined)
      throw new UsageError('the following arguments are required: OLD.json, NEW.json');
    if (before === '-' && after === '-') throw new UsageError('Only one of the reports can come from standard input.');
    const older = await readReport(context, before);
    const diff = diffReports(older, await readReport(context, after));
    return {
      value: diff as unknown as JsonValue,
      formats: {
        table: () => renderDiffTable(diff, reportLayout(context.terminal)),
        md: () => renderDiffMarkdown(diff),
      },
      exit: args.detailedExitcode && diff.changed ? 'changes-pending' : 'ok',
    };
  },
});
