import * as fc from 'fast-check';
import { documentedDefault } from '../../../../src/domain/localdns/index.ts';
import {
  localDnsModes,
  overrideEnums,
  type EffectiveProfile,
  type OverrideMap,
} from '../../../../src/model/profile.ts';

type Override = EffectiveProfile[OverrideMap][string];

/** A zone with all settings, some of them changed. */
export function full(changed: Partial<Override> = {}): Override {
  return {
    queryLogging: 'Error',
    protocol: 'PreferUDP',
    forwardDestination: 'VnetDNS',
    forwardPolicy: 'Sequential',
    maxConcurrent: 1000,
    cacheDurationInSeconds: 3600,
    serveStaleDurationInSeconds: 3600,
    serveStale: 'Immediate',
    ...changed,
  };
}

export function vnetZones(zones: Readonly<Record<string, Override>>): EffectiveProfile {
  return { ...documentedDefault(), vnetDNSOverrides: zones };
}

export function kubeZones(zones: Readonly<Record<string, Override>>): EffectiveProfile {
  return { ...documentedDefault(), kubeDNSOverrides: zones };
}

/** A few labels, so that names and zones often match. */
const label = fc.constantFrom(
  'a',
  'b',
  'corp',
  'com',
  'cluster',
  'local',
  'internal',
  'cloudapp',
  'net',
  'reddog',
  'microsoft',
  'x-1',
);
export const names = fc.array(label, { minLength: 1, maxLength: 6 }).map((labels) => labels.join('.'));
const zoneNames = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));

const overrides: fc.Arbitrary<Override> = fc.record({
  queryLogging: fc.constantFrom(...overrideEnums.queryLogging),
  protocol: fc.constantFrom(...overrideEnums.protocol),
  forwardDestination: fc.constantFrom(...overrideEnums.forwardDestination),
  forwardPolicy: fc.constantFrom(...overrideEnums.forwardPolicy),
  maxConcurrent: fc.nat(),
  cacheDurationInSeconds: fc.integer({ min: 1, max: 100_000 }),
  serveStaleDurationInSeconds: fc.nat(100_000),
  serveStale: fc.constantFrom(...overrideEnums.serveStale),
});

const maps = fc.dictionary(fc.oneof(zoneNames, fc.constant('.')), overrides, { maxKeys: 8 });

/** Profiles of any shape, including ones that the service would reject. */
export const profiles: fc.Arbitrary<EffectiveProfile> = fc.record({
  mode: fc.constantFrom(...localDnsModes),
  vnetDNSOverrides: maps,
  kubeDNSOverrides: maps,
});
