import { sameJson, type JsonValue } from '../../../core/json.ts';
import type { EffectiveProfile, LocalDnsMode } from '../../../model/profile.ts';
import type { UnknownSetting } from '../stored-profile.ts';
import { zoneChanges, type ZoneChange } from '../profile-changes.ts';
import { settingConsequence } from './settings.ts';
import { zoneConsequence } from './zones.ts';

/** A change and its effect on name resolution. */
export interface Consequence {
  /** The path, as in `ProfileChange`. */
  readonly path: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  /** One or two sentences, ready to print. */
  readonly consequence: string;
  /**
   * Always true, because each change of a profile reimages all nodes of the pool. Source: AKS documentation,
   * localdns-custom.
   */
  readonly reimages: true;
}

const modes: Readonly<Record<LocalDnsMode, string>> = {
  Required:
    'LocalDNS runs on every node of the pool, and pods use it for all names. If a prerequisite is not met, the ' +
    'deployment fails.',
  Preferred:
    'AKS decides based on the Kubernetes version whether LocalDNS runs, so it may be removed from the nodes or not ' +
    'be installed at all. The state of the profile in Azure shows the result.',
  Disabled:
    "LocalDNS is removed from the nodes: pods query the cluster's CoreDNS and the VNet's DNS servers directly, " +
    'without a cache on the node and without stale answers during an outage. The overrides are kept.',
};

/** All differences in meaning with their consequences, in the order of `profileChanges`. */
export function consequences(before: EffectiveProfile, after: EffectiveProfile): readonly Consequence[] {
  const mode: readonly Consequence[] =
    before.mode === after.mode
      ? []
      : [
          {
            path: 'mode',
            before: before.mode,
            after: after.mode,
            consequence: modeConsequence(after.mode),
            reimages: true,
          },
        ];
  const zones = zoneChanges(before, after).map((change): Consequence => {
    const stored = after.mode === 'Disabled' ? ' While the mode is Disabled, this is stored but has no effect.' : '';
    return {
      path: change.path,
      before: change.before,
      after: change.after,
      consequence: `${sentence(change, before, after)}${stored}`,
      reimages: true,
    };
  });
  return [...mode, ...zones];
}

/** A profile and its settings that this program does not know. */
export interface ComparedProfile {
  readonly profile: EffectiveProfile;
  readonly unknown: readonly UnknownSetting[];
}

/** `consequences`, plus the differences in settings that this program does not know. */
export function comparison(before: ComparedProfile, after: ComparedProfile): readonly Consequence[] {
  const values = (side: ComparedProfile): ReadonlyMap<string, JsonValue> =>
    new Map(side.unknown.map(({ path, value }) => [path, value]));
  const [old, now] = [values(before), values(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])].filter((path) => !sameJson(old.get(path), now.get(path)));
  return [
    ...consequences(before.profile, after.profile),
    ...paths.map((path): Consequence => ({
      path,
      before: old.get(path),
      after: now.get(path),
      consequence: 'This version of the program does not know this setting or its effect.',
      reimages: true,
    })),
  ];
}

/** A newer service may have stored a mode that this program does not know. */
function modeConsequence(mode: LocalDnsMode): string {
  return Object.hasOwn(modes, mode)
    ? modes[mode]
    : 'This version of the program does not know the effect of this mode.';
}

function sentence(change: ZoneChange, before: EffectiveProfile, after: EffectiveProfile): string {
  const { map, zone, setting, old, now } = change;
  if (setting === undefined || old === undefined || now === undefined) return zoneConsequence(change, before, after);
  return settingConsequence(setting, { old: { map, zone, override: old }, now: { map, zone, override: now } });
}
