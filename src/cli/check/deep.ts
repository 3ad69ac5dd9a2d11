import { UsageError } from '../../core/errors.ts';
import type { OutputOptions } from '../../core/ports.ts';
import { list, oneLine } from '../../core/text.ts';
import { inputName } from '../../core/stdin.ts';
import { engineBehaviour } from '../../domain/workloads/network-policy/engine.ts';
import type { DeepReport } from '../../model/deep-check.ts';
import { judgeManifests, policiesToAdd } from '../../usecases/check/deep/judge-manifests.ts';
import type { Context } from '../framework/context.ts';
import { requireOutputs, saveDocument } from '../named-files.ts';
import type { CheckArguments } from '../options/check.ts';
import { parseDestinations, replacedByReport, type ReportDestination } from '../options/report.ts';
import { engineVersionOf, requireDeepIds, requireManifests } from './deep-options.ts';
import { readManifests } from './manifests.ts';

/** How a file of --write-policies begins. */
const policiesBeginning = /^# Network policies that let pods reach LocalDNS,/;

function policyOutput(force: boolean): OutputOptions {
  return { mode: 0o644, replaces: force ? 'any' : policiesBeginning };
}

async function writePolicies(context: Context, report: DeepReport, file: string, force: boolean): Promise<void> {
  const text = policiesToAdd(report);
  if (text === undefined) context.say('There are no policies to add; no file was written.');
  else await saveDocument(context, file, text, policyOutput(force).replaces);
}

/** `check --deep --manifests`, up to the output of the report. All options are checked before a manifest is read. */
export async function checkManifests(
  context: Context,
  args: CheckArguments,
): Promise<{ readonly report: DeepReport; readonly destinations: readonly ReportDestination[] }> {
  requireManifests(args, context.settings.defaultGroup);
  const engineVersion = engineVersionOf(args);
  const behaviour = args.networkPolicy === undefined ? undefined : engineBehaviour(args.networkPolicy, engineVersion);
  if (behaviour === undefined)
    throw new UsageError('--manifests requires --network-policy, because engines treat LocalDNS differently.', [
      'To look it up: az aks show -g GROUP -n CLUSTER --query networkProfile.networkPolicy',
    ]);
  const ignore = requireDeepIds(args.ignore);
  const destinations = parseDestinations(args.report);
  const reports: OutputOptions = { mode: 0o644, replaces: replacedByReport(args.force) };
  await requireOutputs(
    context.files,
    args.manifests.map((file) => ({ option: '--manifests', file })),
    [
      ...destinations.map(({ file }) => ({ option: '--report', file, options: reports })),
      { option: '--write-policies', file: args.writePolicies, options: policyOutput(args.force) },
    ],
  );
  const report = judgeManifests({
    scope: `manifests ${list(args.manifests.map((word) => oneLine(inputName(word))))}`,
    resources: await readManifests(context, args.manifests),
    behaviour,
    engineVersion,
    writtenTo: args.writePolicies,
    ignore: [...new Set(ignore)],
    version: context.version,
    gatheredAt: new Date(context.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
  });
  if (args.writePolicies !== undefined) await writePolicies(context, report, args.writePolicies, args.force);
  return { report, destinations };
}
