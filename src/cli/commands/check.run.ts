import type { JsonValue } from '../../core/json.ts';
import { UsageError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import { requireForecastVersion } from '../../domain/checks/index.ts';
import { maskIds, parseReportTargets, reportFormats } from '../../report/index.ts';
import { exitFor, survey, type SurveyOptions } from '../../usecases/survey/index.ts';
import type { Context } from '../context.ts';
import type { Run } from '../framework/definition.ts';
import type { options } from './check.ts';
import { ignoresOf } from './check/ignores.ts';
import { savingFacts } from './check/save-facts.ts';
import { openFacts, requireSource, type CheckArguments } from './check/source.ts';
import { readProfileFile } from './profile-file.ts';
import { writeReports } from './report-targets.ts';
import { rulesetOf } from './ruleset.ts';

/** `tag:team` */
function groupKey(word: string | undefined): string | undefined {
  if (word === undefined) return undefined;
  const key = /^tag:(.{1,512})$/is.exec(word)?.[1]?.trim();
  if (key === undefined || key === '') throw new UsageError(`--group-by: '${oneLine(word).slice(0, 80)}' is none of tag:KEY.`, ['Write it as --group-by tag:team.']);
  return key;
}

async function surveyOptions(context: Context, args: CheckArguments): Promise<SurveyOptions> {
  const { ignore, ignoreFile } = await ignoresOf(context, args);
  return {
    ruleset: rulesetOf(context, args.ruleset),
    only: args.only,
    ignore,
    ignoreFile,
    capacity: args.capacity,
    network: args.network,
    refresh: args.refresh,
    everything: args.saveFacts !== undefined,
    forecast: args.forecast === undefined ? undefined : requireForecastVersion(args.forecast, '--forecast'),
    groupBy: groupKey(args.groupBy),
    config: args.localdnsConfig === undefined ? undefined : (await readProfileFile(context, args.localdnsConfig, 'update')).facts,
  };
}

export const run: Run<typeof options> = async (context, args) => {
  requireSource(context, args);
  const targets = parseReportTargets(args.report);
  const wanted = await surveyOptions(context, args);
  const source = await openFacts(context, args, wanted);
  const facts = args.saveFacts === undefined ? source : savingFacts(context, args.saveFacts, source, wanted);
  const found = await survey(facts, wanted, context.emit);
  const report = args.maskIds ? maskIds(found) : found;
  const written = await writeReports(context, report, targets);
  const layout = { width: context.terminal.columns };
  return {
    value: report as unknown as JsonValue,
    formats: Object.fromEntries(
      Object.entries(reportFormats).flatMap(([name, render]) => (name === 'json' ? [] : [[name, () => render(report, layout)]])),
    ),
    exit: written ? exitFor(report, args.failOn ?? 'fail') : 'error',
  };
};
