import { UsageError } from '../../core/errors.ts';
import type { OutputOptions } from '../../core/ports.ts';
import { clip, oneLine } from '../../core/text.ts';
import { requireCheckIds, requireForecastVersion } from '../../domain/checks/index.ts';
import { hasConditions } from '../../usecases/scope/index.ts';
import type { FactsSource, CheckOptions } from '../../usecases/check/index.ts';
import type { Context } from '../framework/context.ts';
import { ignoresOf } from '../judging/ignores.ts';
import { requireOutputs, type NamedFile } from '../named-files.ts';
import type { CheckArguments } from '../options/check.ts';
import { rulesetOf } from '../options/judging.ts';
import { parseDestinations, replacedByReport, type ReportDestination } from '../options/report.ts';
import { readProfileFile } from '../profile/file.ts';
import { factsOutput, openFacts, requireSource } from './source.ts';

/** `tag:team` */
function groupKey(word: string | undefined): string | undefined {
  if (word === undefined) return undefined;
  const key = /^tag:(.{1,512})$/is.exec(word)?.[1]?.trim();
  if (key === undefined || key === '')
    throw new UsageError(`--group-by: '${clip(oneLine(word), 80)}' is not of the form tag:KEY.`, [
      'Use --group-by tag:team.',
    ]);
  return key;
}

async function checkOptionsOf(context: Context, args: CheckArguments): Promise<CheckOptions> {
  const { ignore, ignoreFile } = await ignoresOf(context, args);
  return {
    version: context.version,
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
    config:
      args.localdnsConfig === undefined
        ? undefined
        : (await readProfileFile(context, args.localdnsConfig, 'update')).facts,
  };
}

function inputsOf(args: CheckArguments): readonly NamedFile[] {
  return [
    { option: '--from-facts', file: args.fromFacts },
    { option: '--from', file: args.from },
    { option: '--ignore-file', file: args.ignoreFile },
    { option: '--localdns-config', file: args.localdnsConfig },
  ];
}

export interface Prepared {
  readonly facts: FactsSource;
  readonly checkOptions: CheckOptions;
  readonly destinations: readonly ReportDestination[];
  /** Whether filters such as --location, which may be mistyped, narrow the scope. */
  readonly narrowed: boolean;
}

/** Validates all options and output files before any request to Azure. */
export async function prepare(context: Context, args: CheckArguments): Promise<Prepared> {
  const request = requireSource(context, args);
  const destinations = parseDestinations(args.report);
  const report: OutputOptions = { mode: 0o644, replaces: replacedByReport(args.force) };
  await requireOutputs(context.files, inputsOf(args), [
    ...destinations.map(({ file }) => ({ option: '--report', file, options: report })),
    factsOutput(args),
  ]);
  const { only, ignore, ...others } = await checkOptionsOf(context, args);
  const checkOptions = {
    ...others,
    ...(only === undefined ? {} : { only: requireCheckIds(only, '--only') }),
    ...(ignore === undefined ? {} : { ignore: requireCheckIds(ignore, '--ignore') }),
  };
  const facts = await openFacts(context, args, request, checkOptions);
  return { facts, checkOptions, destinations, narrowed: hasConditions(request.conditions) };
}
