import { sameJson, type JsonValue } from '../../../core/json.ts';
import type { EffectiveProfile, LocalDnsMode } from '../../../model/profile.ts';
import type { UnknownSetting } from '../stored.ts';
import { zoneChanges, type ZoneChange } from '../compare.ts';
import { settingConsequence } from './settings.ts';
import { zoneConsequence } from './zones.ts';

/** A change, and what it means for whoever asks for names. */
export interface Consequence {
  /** As in `ProfileChange`. */
  readonly path: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  /** One sentence or two, ready to print. */
  readonly consequence: string;
  /** Always: each change of a profile reimages all nodes of its pool. Source: AKS documentation, localdns-custom. */
  readonly reimages: true;
}

const modes: Readonly<Record<LocalDnsMode, string>> = {
  Required:
    'LocalDNS runs on every node of the pool, and pods ask it for all names; where a prerequisite is not met, the deployment fails.',
  Preferred:
    'AKS decides by the Kubernetes version whether LocalDNS runs, so that it may be taken off the nodes or not be installed at all; the state of the profile in Azure says what holds.',
  Disabled:
    "LocalDNS is taken off the nodes: pods ask the cluster's CoreDNS and the VNet's DNS servers themselves, without a cache on the node and without stale answers in an outage. The overrides are kept.",
};

/** Every difference by meaning, in the order of `profileChanges`, each with its consequence. */
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
    const stored = after.mode === 'Disabled' ? ' It is only stored while the mode is Disabled.' : '';
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

/** A profile with what it has beside, that this program does not know. */
export interface ComparedProfile {
  readonly profile: EffectiveProfile;
  readonly unknown: readonly UnknownSetting[];
}

/** `consequences`, and every setting that only one side has and this program does not know. */
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
      consequence: 'This version does not know the setting, nor what it does.',
      reimages: true,
    })),
  ];
}

/** A newer service may have stored a word that we do not know. */
function modeConsequence(mode: LocalDnsMode): string {
  return Object.hasOwn(modes, mode) ? modes[mode] : 'What this mode does is not known to this program.';
}

function sentence(change: ZoneChange, before: EffectiveProfile, after: EffectiveProfile): string {
  const { map, zone, setting, old, now } = change;
  if (setting === undefined || old === undefined || now === undefined) return zoneConsequence(change, before, after);
  return settingConsequence(setting, { old: { map, zone, override: old }, now: { map, zone, override: now } });
}
