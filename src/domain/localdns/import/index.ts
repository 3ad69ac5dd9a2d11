import { UsageError } from '../../../core/errors.ts';
import {
  asArray,
  asString,
  isJsonObject,
  own,
  parseJson,
  sameJson,
  type JsonObject,
  type JsonValue,
} from '../../../core/json.ts';
import { list, oneLine } from '../../../core/text.ts';
import { newerSettings, overrideMaps } from '../../../model/profile.ts';
import { settingNames, settingSpellings } from '../settings.ts';
import { blocksIn } from './block.ts';
import { foreignForm } from './form.ts';

export interface ImportOptions {
  /** The name of the file, for messages; ready to print. */
  readonly name: string;
  /** The node pool whose profile to import, if the file has several. */
  readonly pool?: string | undefined;
  readonly readYaml: (text: string, name: string) => JsonValue;
}

interface Candidate {
  /** The name of the pool or object with the profile. */
  readonly owner: string | undefined;
  readonly profile: JsonObject;
}

/**
 * Converts the profile in a file of another format to that of localdnsconfig.json, without adding defaults. Invalid
 * members are kept, so that validation reports them.
 * @throws UsageError if there is no profile, or if there are several different ones.
 */
export function importProfile(text: string, options: ImportOptions): JsonObject {
  const form = foreignForm(text);
  const candidates =
    form === 'Bicep' || form === 'Terraform (HCL)'
      ? blocksIn(text, options.name).map((profile): Candidate => ({ owner: undefined, profile }))
      : profilesIn(parseJson(text) ?? options.readYaml(text, options.name), form);
  const named = options.pool === undefined ? candidates : candidates.filter(({ owner }) => owner === options.pool);
  const profiles = named.map(({ profile }) => normalized(profile));
  const [first] = profiles;
  if (first === undefined) throw none(options, candidates);
  if (profiles.some((profile) => !sameJson(profile, first))) throw several(options, named);
  return first;
}

function none({ name, pool }: ImportOptions, candidates: readonly Candidate[]): UsageError {
  const owners = candidates.flatMap(({ owner }) => owner ?? []);
  return pool === undefined || candidates.length === 0
    ? new UsageError(`${name}: no LocalDNS profile found.`, [
        'The profile must be in localDNSProfile (ARM, Bicep, Terraform azapi, Azure Service Operator, az) or ' +
          'spec.localDNS (AKSNodeClass).',
      ])
    : new UsageError(`${name}: no profile found for '${oneLine(pool)}'.`, [
        owners.length === 0
          ? 'The profiles in this file have no names; remove --name.'
          : `It has profiles for: ${list(owners.map(oneLine))}`,
      ]);
}

function several({ name }: ImportOptions, candidates: readonly Candidate[]): UsageError {
  const owners = candidates.flatMap(({ owner }) => owner ?? []);
  return new UsageError(`${name}: found ${String(candidates.length)} different profiles.`, [
    owners.length === 0
      ? 'Import a file with only one of them.'
      : `Choose with --name/-n: ${list(owners.map(oneLine))}`,
  ]);
}

/** All members that contain a profile, at any depth, or the whole file if it is a profile itself. */
function profilesIn(value: JsonValue, form: string | undefined): readonly Candidate[] {
  if (
    isJsonObject(value) &&
    overrideMaps.some((map) => memberOf(value, map) !== undefined) &&
    own(value, 'kind') === undefined
  )
    return [{ owner: undefined, profile: value }];
  if (form === undefined && isJsonObject(value) && own(value, 'mode') !== undefined && Object.keys(value).length === 1)
    return [{ owner: undefined, profile: value }];
  return profilesBelow(value, undefined);
}

function profilesBelow(value: JsonValue, owner: string | undefined): readonly Candidate[] {
  if (!isJsonObject(value)) return asArray(value).flatMap((item) => profilesBelow(item, owner));
  const name =
    asString(own(value, 'azureName')) ?? asString(own(value, 'name')) ?? asString(own(own(value, 'metadata'), 'name'));
  const here = name?.split('/').at(-1) ?? owner;
  return Object.entries(value).flatMap(([key, member]): readonly Candidate[] => {
    if (member === undefined) return [];
    const isProfile = ['localdnsprofile', 'localdns'].includes(key.toLowerCase()) && isJsonObject(member);
    return isProfile ? [{ owner: here, profile: member }] : profilesBelow(member, here);
  });
}

function memberOf(value: JsonObject, name: string): JsonValue | undefined {
  const key = Object.keys(value).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : value[key];
}

function normalized(profile: JsonObject): JsonObject {
  const result: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(profile)) {
    if (value === undefined || value === null || key === 'state') continue;
    const map = overrideMaps.find((name) => name.toLowerCase() === key.toLowerCase());
    result[map ?? key] = map === undefined ? literal(value) : zonesOf(value);
  }
  return result;
}

/** Zones by name; in an AKSNodeClass they are a list, each with its `zone`. */
function zonesOf(value: JsonValue): JsonValue {
  const entries: readonly (readonly [string, JsonValue])[] = Array.isArray(value)
    ? asArray(value).map((item) => [asString(own(item, 'zone')) ?? '', item])
    : Object.entries(isJsonObject(value) ? value : {}).map(([zone, settings]) => [zone, settings ?? null]);
  const twice = entries.map(([zone]) => zone).find((zone, index, all) => all.indexOf(zone) !== index);
  if (twice !== undefined) throw new UsageError(`The zone '${oneLine(twice)}' is listed twice in one map.`);
  return Object.fromEntries(
    entries.map(([zone, settings]) => [
      asString(literal(zone)) ?? zone,
      isJsonObject(settings) ? settingsOf(settings) : settings,
    ]),
  );
}

const durations: Readonly<Record<string, string>> = {
  cacheDuration: 'cacheDurationInSeconds',
  serveStaleDuration: 'serveStaleDurationInSeconds',
};
const names: readonly string[] = [...settingNames, ...newerSettings];

function settingsOf(settings: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, value]): readonly (readonly [string, JsonValue])[] => {
      if (key === 'zone' || value === undefined || value === null) return [];
      const seconds = durations[key];
      if (seconds !== undefined) return [[seconds, secondsOf(value)]];
      const name = settingSpellings.get(key) ?? names.find((each) => each.toLowerCase() === key.toLowerCase());
      return [[name ?? key, literal(value)]];
    }),
  );
}

/** Converts `1h30m` to seconds; anything else is kept, so that validation reports it. */
function secondsOf(value: JsonValue): JsonValue {
  const text = asString(value);
  if (text === undefined || !/^(?:\d+[hms])+$/.test(text)) return value;
  const units = { h: 3600, m: 60, s: 1 } as const;
  return [...text.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * units[unit as keyof typeof units],
    0,
  );
}

/** In an ARM template, a string that starts with two brackets is a literal, and with one bracket an expression. */
function literal(value: JsonValue): JsonValue {
  if (isJsonObject(value))
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, member]) =>
        member === null || member === undefined ? [] : [[key, literal(member)]],
      ),
    );
  if (typeof value !== 'string' || !value.startsWith('[')) return value;
  if (value.startsWith('[[')) return value.slice(1);
  throw new UsageError(`'${oneLine(value)}' is an ARM template expression, which cannot be imported.`);
}
