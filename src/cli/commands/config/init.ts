import { UsageError } from '../../../core/errors.ts';
import type { JsonObject, JsonValue } from '../../../core/json.ts';
import { oneLine } from '../../../core/text.ts';
import type { ProfileFinding } from '../../../domain/localdns/index.ts';
import { localDnsModes, overrideMaps, type LocalDnsProfile } from '../../../model/profile.ts';
import type { Context } from '../../framework/context.ts';
import { defineCommand, type Options, type ParsedArguments } from '../../framework/definition.ts';
import { fromPoolOptions } from '../../options/config.ts';
import { documentOptions } from '../../options/output.ts';

const options = {
  mode: { type: 'string', choices: localDnsModes, default: 'Required', summary: 'Mode of the profile' },
  zone: {
    type: 'string',
    repeatable: true,
    placeholder: 'NAME',
    summary: 'Add a zone to both maps, with the documented settings for a custom zone',
  },
  minimal: {
    type: 'boolean',
    summary: "Write the guide's minimal profile: only mode Preferred, which today reimages nodes but installs nothing",
  },
  'from-pool': {
    type: 'boolean',
    summary: 'Write the current profile of a node pool; requires -g, --cluster-name and -n',
  },
  ...fromPoolOptions,
  ...documentOptions,
} as const satisfies Options;

type Arguments = ParsedArguments<typeof options>;

/** The documented default with custom zones in both maps, which get the documented settings. */
function withZones(profile: LocalDnsProfile, zones: readonly string[]): LocalDnsProfile {
  const added = Object.fromEntries(
    overrideMaps.map((map) => [map, { ...profile[map], ...Object.fromEntries(zones.map((zone) => [zone, {}])) }]),
  );
  return { ...profile, ...added };
}

async function requestedProfile(context: Context, args: Arguments): Promise<JsonObject> {
  const { documentedDefault, normalZone, profileForRequest, unknownSettings, withMode } =
    await import('../../../domain/localdns/index.ts');
  if (args.fromPool) {
    if (args.minimal || args.zone.length > 0 || args.mode !== undefined)
      throw new UsageError(
        '--from-pool writes the profile as it is and cannot be combined with --mode, --zone or --minimal.',
      );
    const { namedPool, profileOf } = await import('../../profile/pool.ts');
    const pool = await namedPool(context, args, '--from-pool', true);
    const unknown = unknownSettings(pool.localDns?.profile ?? {}).map(({ path }) => oneLine(path));
    if (unknown.length > 0)
      context.emit({
        type: 'notice',
        level: 'warning',
        code: 'settings-unknown',
        message: `The node pool has settings that this version does not know; they are omitted: ${unknown.join(', ')}. nodepool update with this file would remove them.`,
      });
    return profileForRequest(profileOf(pool));
  }
  const pool = {
    '--resource-group/-g': args.resourceGroup,
    '--cluster-name': args.clusterName,
    '--name/-n': args.name,
  };
  const [stray] = Object.entries({ ...pool, '--subscription': args.subscription }).filter(
    ([, word]) => word !== undefined,
  );
  if (stray !== undefined) throw new UsageError(`${stray[0]} requires --from-pool.`);
  if (args.minimal) {
    if (args.zone.length > 0 || (args.mode !== undefined && args.mode !== 'Preferred'))
      throw new UsageError('--minimal writes only mode Preferred and cannot be combined with --mode or --zone.');
    context.emit({
      type: 'notice',
      level: 'warning',
      code: 'mode-preferred',
      message:
        'Mode Preferred reimages the nodes of a node pool but does not turn LocalDNS on: AKS decides by Kubernetes version. Use mode Required to turn LocalDNS on.',
    });
    return { mode: 'Preferred' };
  }
  const zones = args.zone.map((zone) => normalZone(zone));
  const repeated = zones.find((zone, index) => zones.indexOf(zone) !== index);
  if (repeated !== undefined) throw new UsageError(`--zone: '${oneLine(repeated)}' is specified twice.`);
  const request = profileForRequest(withZones(withMode(documentedDefault(), args.mode ?? 'Required'), zones));
  return zones.length === 0 ? request : accepted(request);
}

/** The profile with the advice of `config lint` for its new zones. @throws UsageError for a zone with other findings */
async function accepted(request: JsonObject): Promise<JsonObject> {
  const { lintProfile } = await import('../../../domain/localdns/lint/index.ts');
  const lint = (profile: JsonObject): readonly ProfileFinding[] =>
    lintProfile(new TextEncoder().encode(JSON.stringify(profile)), 'add').findings;
  // Names that fail over or belong to private endpoints should be served stale only briefly.
  const changing = new Set(
    lint(request)
      .filter(({ rule, severity }) => rule === 'L040' && severity === 'warn')
      .map(({ path }) => path),
  );
  const profile = {
    ...request,
    ...Object.fromEntries(
      overrideMaps.map((map) => [
        map,
        Object.fromEntries(
          Object.entries(request[map] as JsonObject).map(([zone, settings]) => [
            zone,
            changing.has(`${map}["${zone}"].serveStaleDurationInSeconds`)
              ? { ...(settings as JsonObject), serveStaleDurationInSeconds: 300 }
              : settings,
          ]),
        ),
      ]),
    ),
  };
  const risk = lint(profile).find(({ rule, severity }) => severity !== 'info' && rule !== 'L070');
  if (risk !== undefined)
    throw new UsageError(`--zone: ${risk.message}`, [`More: aks-localdns config rules explain ${risk.rule}`]);
  return profile;
}

export const configInit = defineCommand({
  path: ['config', 'init'],
  summary: 'Create a localdnsconfig.json',
  description:
    'Writes the complete documented default, so that nothing depends on defaults that may change. With --from-pool, writes the current profile of a node pool.',
  options,
  examples: [
    { title: 'The documented default', command: 'aks-localdns config init --out localdnsconfig.json' },
    {
      title: 'With a custom zone',
      command: 'aks-localdns config init --zone corp.contoso.com --out localdnsconfig.json',
    },
    {
      title: 'The current profile of a node pool',
      command: 'aks-localdns config init --from-pool -g rg-demo --cluster-name aks-demo -n userpool',
    },
  ],
  effect: 'read',
  permissions: ['Microsoft.ContainerService/managedClusters/agentPools/read'],
  run: async (context, args) => {
    const { documentOut } = await import('../../profile/document-out.ts');
    return documentOut(context, args, [], async () => {
      const profile: JsonValue = await requestedProfile(context, args);
      return { value: profile, document: `${JSON.stringify(profile, null, 2)}\n` };
    });
  },
});
