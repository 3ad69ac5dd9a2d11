import fc from 'fast-check';
import { effectiveProfile, readProfile } from '../../src/domain/localdns/index.ts';
import {
  overrideEnums,
  type EffectiveProfile,
  type FullOverride,
  type NewerSetting,
  type OverrideMap,
} from '../../src/model/profile.ts';

/**
 * Few labels, so that zones of a map are often parents of each other; some affected by the guard, some in other spellings.
 */
const label = fc.constantFrom('a', 'b', 'c1', 'corp', 'Example', 'x-y', 'in_ner', '0', 'z'.repeat(63));
const parent = fc.constantFrom(
  'com',
  'example.com',
  'cluster.local',
  'svc.cluster.local',
  'my-cluster.local',
  'net',
  'privatelink.blob.core.windows.net',
  '10.in-addr.arpa',
);
const special = fc.constantFrom(
  'net',
  'cloudapp.net',
  'internal.cloudapp.net',
  'microsoft.com',
  'reddog.microsoft.com',
  'local',
  'localdns.local',
  'svc.cluster.local',
  'Cluster.Local.example',
  'health-check.localdns.local.example',
);

const arbitraryZone: fc.Arbitrary<string> = fc.oneof(
  { weight: 2, arbitrary: special },
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.array(label, { minLength: 0, maxLength: 3 }), parent)
      .map(([labels, end]) => [...labels, end].join('.')),
  },
  { weight: 1, arbitrary: fc.tuple(label, parent).map(([first, end]) => `${first}.${end}.`) },
);

export interface ProfileBounds {
  readonly cacheDuration: fc.Arbitrary<number>;
  readonly staleDuration: fc.Arbitrary<number>;
  readonly maxConcurrent: fc.Arbitrary<number>;
  readonly zones: { readonly minLength: number; readonly maxLength: number };
  /** Settings that only newer api-versions have; none if absent. */
  readonly newer?: fc.Arbitrary<Pick<FullOverride, NewerSetting>>;
}

export const usualBounds: ProfileBounds = {
  cacheDuration: fc.oneof(
    fc.integer({ min: 1, max: 60 }),
    fc.constantFrom(3599, 3600, 3601, 7200, 86_400, 2_147_483_647),
  ),
  staleDuration: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constantFrom(3600, 86_400, 2_147_483_647)),
  maxConcurrent: fc.constantFrom(0, 200, 1000, 2_147_483_647),
  zones: { minLength: 0, maxLength: 6 },
};

/** Half of the zones have none. */
export const newerBounds: ProfileBounds = {
  ...usualBounds,
  newer: fc.oneof(
    fc.constant({}),
    fc.record(
      {
        failfastAllUnhealthyUpstreams: fc.boolean(),
        healthCheck: fc.record(
          {
            duration: fc.constantFrom('500ms', '1s', '1.5s', '1m30s'),
            noRecursion: fc.boolean(),
            domain: fc.constantFrom('.', 'probe.test', 'xn--mnchen-3ya.de'),
          },
          { requiredKeys: ['duration'] },
        ),
      },
      { requiredKeys: [] },
    ),
  ),
};

function arbitraryOverride(map: OverrideMap, zone: string, bounds: ProfileBounds): fc.Arbitrary<FullOverride> {
  const ofCluster = zone.endsWith('cluster.local');
  const destinations = ofCluster
    ? (['ClusterCoreDNS'] as const)
    : map === 'vnetDNSOverrides'
      ? (['VnetDNS'] as const)
      : overrideEnums.forwardDestination;
  return fc
    .record({
      queryLogging: fc.constantFrom(...overrideEnums.queryLogging),
      protocol: fc.constantFrom(...overrideEnums.protocol),
      forwardDestination: fc.constantFrom(...destinations),
      forwardPolicy: fc.constantFrom(...overrideEnums.forwardPolicy),
      maxConcurrent: bounds.maxConcurrent,
      cacheDurationInSeconds: bounds.cacheDuration,
      serveStaleDurationInSeconds: bounds.staleDuration,
      serveStale: fc.constantFrom(...overrideEnums.serveStale),
      newer: bounds.newer ?? fc.constant({}),
    })
    .map(({ newer, ...override }) => ({ ...override, ...newer }))
    .map((override) =>
      override.protocol === 'ForceTCP' && override.serveStale === 'Verify'
        ? { ...override, protocol: 'PreferUDP' as const }
        : override,
    );
}

/** In lower case without a final dot, as CoreDNS compares. */
function same(zone: string): string {
  return zone.toLowerCase().replace(/(?<=.)\.$/, '');
}

function arbitraryMap(map: OverrideMap, bounds: ProfileBounds): fc.Arbitrary<Readonly<Record<string, FullOverride>>> {
  return fc.uniqueArray(arbitraryZone, { ...bounds.zones, selector: same }).chain((others) => {
    const zones = ['.', 'cluster.local', ...others.filter((zone) => !['.', 'cluster.local'].includes(same(zone)))];
    return fc
      .tuple(...zones.map((zone) => arbitraryOverride(map, zone, bounds)))
      .map((overrides) => Object.fromEntries(zones.map((zone, index) => [zone, overrides[index]]))) as fc.Arbitrary<
      Readonly<Record<string, FullOverride>>
    >;
  });
}

/** Profiles that the validator accepts, with every field filled. */
export function arbitraryProfile(bounds: ProfileBounds = usualBounds): fc.Arbitrary<EffectiveProfile> {
  return fc
    .record({
      mode: fc.constant('Required' as const),
      vnetDNSOverrides: arbitraryMap('vnetDNSOverrides', bounds),
      kubeDNSOverrides: arbitraryMap('kubeDNSOverrides', bounds),
    })
    .map((profile) => {
      const { profile: read, findings } = readProfile(new TextEncoder().encode(JSON.stringify(profile)), 'add');
      if (read === undefined)
        throw new Error(`The generator made a profile that is refused: ${JSON.stringify(findings)}`);
      return effectiveProfile(read, undefined);
    });
}
