import type { ExitCodeName } from '../../core/exit-codes.ts';
import type { JsonValue } from '../../core/json.ts';
import type { FailOn } from '../../model/check.ts';
import type { PrerequisiteReport } from '../../model/report.ts';
import { maskIds, reportFormats } from '../../report/index.ts';
import { exitFor, survey } from '../../usecases/survey/index.ts';
import type { Context } from '../context.ts';
import type { Run } from '../framework/definition.ts';
import { reportLayout } from '../io/report-layout.ts';
import type { options } from './check.ts';
import { prepare } from './check/prepare.ts';
import { savingFacts } from './check/save-facts.ts';
import { openFacts } from './check/source.ts';
import { writeReports } from './report-targets.ts';
import { hasConditions, type ScopeRequest } from './scope/request.ts';

/** An empty report reads like good news; where words narrowed the scope, they were probably mistyped. */
function tellEmpty(context: Context, { clusters, partial, scope }: PrerequisiteReport): void {
  if (clusters !== 0 || partial !== undefined) return;
  context.emit({ type: 'notice', level: 'warning', code: 'no-clusters', message: `No cluster was found: ${scope}.` });
}

function exitOf(report: PrerequisiteReport, request: ScopeRequest | undefined, failOn: FailOn): ExitCodeName {
  const exit = exitFor(report, failOn);
  const missed = report.clusters === 0 && request !== undefined && hasConditions(request.conditions);
  return missed && exit === 'ok' ? 'not-found' : exit;
}

export const run: Run<typeof options> = async (context, args) => {
  const { request, targets, wanted } = await prepare(context, args);
  const source = await openFacts(context, args, wanted);
  const facts = args.saveFacts === undefined ? source : savingFacts(context, args.saveFacts, source, wanted);
  const found = await survey(facts, wanted, context.emit);
  const report = args.maskIds ? maskIds(found) : found;
  tellEmpty(context, report);
  const written = await writeReports(context, report, targets);
  const layout = reportLayout(context.terminal);
  return {
    value: report as unknown as JsonValue,
    formats: Object.fromEntries(
      Object.entries(reportFormats).flatMap(([name, render]) =>
        name === 'json' ? [] : [[name, () => render(report, layout)]],
      ),
    ),
    exit: written ? exitOf(report, request, args.failOn ?? 'fail') : 'error',
  };
};
