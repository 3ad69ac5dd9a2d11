import { UsageError } from '../../../core/errors.ts';
import type { JsonObject, JsonValue } from '../../../core/json.ts';
import type { OutputOptions } from '../../../core/ports.ts';
import { oneLine } from '../../../core/text.ts';
import { localDnsModes, overrideMaps, type LocalDnsProfile } from '../../../model/profile.ts';
import type { Context } from '../../framework/context.ts';
import { defineCommand, type Options, type ParsedArguments } from '../../framework/definition.ts';
import { fromPoolOptions } from '../../options/config.ts';

const options = {
  mode: { type: 'string', choices: localDnsModes, default: 'Required', summary: 'Mode of the profile' },
  zone: {
    type: 'string',
    repeatable: true,
    placeholder: 'NAME',
    summary: 'Add a zone of its own to both maps, with the settings that the service documents for one',
  },
  minimal: {
    type: 'boolean',
    summary: "The guide's minimal start: mode Preferred alone, which today reimages and installs nothing",
  },
  'from-pool': { type: 'boolean', summary: 'Write what a pool has now; needs -g, --cluster-name and -n' },
  ...fromPoolOptions,
  out: { type: 'string', placeholder: 'FILE', summary: 'Write to this file; standard output where it is not given' },
  force: { type: 'boolean', summary: 'Replace a file that is there' },
} as const satisfies Options;

type Arguments = ParsedArguments<typeof options>;

/**
 * The documented default, with zones of one's own in both maps; their settings are filled as the service documents
 * them.
 */
function withZones(profile: LocalDnsProfile, zones: readonly string[]): LocalDnsProfile {
  const added = Object.fromEntries(
    overrideMaps.map((map) => [map, { ...profile[map], ...Object.fromEntries(zones.map((zone) => [zone, {}])) }]),
  );
  return { ...profile, ...added };
}

async function wanted(context: Context, args: Arguments): Promise<JsonObject> {
  const { documentedDefault, profileForRequest, readProfile, unknownSettings, withMode } =
    await import('../../../domain/localdns/index.ts');
  if (args.fromPool) {
    if (args.minimal || args.zone.length > 0 || args.mode !== undefined)
      throw new UsageError('--from-pool takes the profile as it is: --mode, --zone and --minimal do not go with it.');
    const { namedPool, profileOf } = await import('../../profile/pool.ts');
    const pool = await namedPool(context, args, '--from-pool', true);
    const unknown = unknownSettings(pool.localDns?.profile ?? {}).map(({ path }) => oneLine(path));
    if (unknown.length > 0)
      context.emit({
        type: 'notice',
        level: 'warning',
        code: 'settings-unknown',
        message: `The pool has settings that this version does not know, and they are left out: ${unknown.join(', ')}. nodepool update with this file would remove them.`,
      });
    return profileForRequest(profileOf(pool));
  }
  if (args.minimal) {
    if (args.zone.length > 0 || (args.mode !== undefined && args.mode !== 'Preferred'))
      throw new UsageError('--minimal is mode Preferred alone: --mode and --zone do not go with it.');
    context.emit({
      type: 'notice',
      level: 'warning',
      code: 'mode-preferred',
      message:
        'Mode Preferred reimages the nodes of a pool and installs nothing today: it leaves the choice to AKS by Kubernetes version. Mode Required turns LocalDNS on.',
    });
    return { mode: 'Preferred' };
  }
  const repeated = args.zone.find((zone, index) => args.zone.indexOf(zone) !== index);
  if (repeated !== undefined) throw new UsageError(`--zone: '${oneLine(repeated)}' is given twice.`);
  const request = profileForRequest(withZones(withMode(documentedDefault(), args.mode ?? 'Required'), args.zone));
  const { findings } = readProfile(new TextEncoder().encode(JSON.stringify(request)), 'update');
  const wrong = findings.find(({ severity }) => severity === 'fail');
  if (wrong !== undefined) throw new UsageError(`--zone: ${wrong.message}`);
  return request;
}

export const configInit = defineCommand({
  path: ['config', 'init'],
  summary: 'Write a localdnsconfig.json to start from',
  description:
    'The documented default in full, so that nothing is left to defaults that may move. With --from-pool, what a pool has now.',
  options,
  examples: [
    { title: 'The documented default', command: 'aks-localdns config init --out localdnsconfig.json' },
    {
      title: 'With a zone of our own',
      command: 'aks-localdns config init --zone corp.contoso.com --out localdnsconfig.json',
    },
    {
      title: 'What a pool has',
      command: 'aks-localdns config init --from-pool -g rg-demo --cluster-name aks-demo -n userpool',
    },
  ],
  effect: 'read',
  permissions: ['Microsoft.ContainerService/managedClusters/agentPools/read'],
  run: async (context, args) => {
    const { outFile, requireOutputs, saveDocument } = await import('../../named-files.ts');
    const out = outFile(args.out);
    const options: OutputOptions = { mode: 0o644, replaces: args.force ? 'any' : 'none' };
    await requireOutputs(context.files, [], [{ option: '--out', file: out, options }]);
    const profile: JsonValue = await wanted(context, args);
    const document = `${JSON.stringify(profile, null, 2)}\n`;
    if (out === undefined) return { value: profile, document };
    await saveDocument(context, out, document, options.replaces);
    return {};
  },
});
