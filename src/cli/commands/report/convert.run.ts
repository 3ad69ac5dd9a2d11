import { UsageError } from '../../../core/errors.ts';
import type { JsonValue } from '../../../core/json.ts';
import { maskIds, reportFormats } from '../../../report/index.ts';
import type { Run } from '../../framework/definition.ts';
import { reportLayout } from '../../io/report-layout.ts';
import { requireDistinct } from '../../named-files.ts';
import { saveDocument } from '../report-targets.ts';
import type { options } from './convert.ts';
import { readReport } from './read.ts';

export const run: Run<typeof options> = async (context, args) => {
  const [file] = args._;
  if (file === undefined) throw new UsageError('the following arguments are required: IN.json');
  if (args.out === '-') throw new UsageError('--out: standard output is where it goes without --out.');
  if (args.out !== undefined) requireDistinct([{ option: 'IN.json', file }], [{ option: '--out', file: args.out }]);
  const read = await readReport(context, file);
  const report = args.maskIds ? maskIds(read) : read;
  if (args.out !== undefined) {
    await saveDocument(context, args.out, reportFormats[args.to](report));
    return {};
  }
  const document = reportFormats[args.to](report, args.to === 'table' ? reportLayout(context.terminal) : {});
  return { value: report as unknown as JsonValue, document };
};
