import { UsageError } from '../../../core/errors.ts';
import type { JsonValue } from '../../../core/json.ts';
import { diffReports, renderDiffMarkdown, renderDiffTable } from '../../../report/index.ts';
import type { Run } from '../../framework/definition.ts';
import { reportLayout } from '../../io/report-layout.ts';
import type { options } from './diff.ts';
import { readReport } from './read.ts';

export const run: Run<typeof options> = async (context, args) => {
  const [before, after] = args._;
  if (before === undefined || after === undefined)
    throw new UsageError('the following arguments are required: OLD.json, NEW.json');
  if (before === '-' && after === '-') throw new UsageError('Only one of the reports can come from standard input.');
  const older = await readReport(context, before);
  const diff = diffReports(older, await readReport(context, after));
  return {
    value: diff as unknown as JsonValue,
    formats: { table: () => renderDiffTable(diff, reportLayout(context.terminal)), md: () => renderDiffMarkdown(diff) },
    exit: args.detailedExitcode && diff.changed ? 'changes-pending' : 'ok',
  };
};
