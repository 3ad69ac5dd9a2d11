import { localDnsModes, overrideMaps, type LocalDnsMode, type OverrideMap } from '../../model/profile.ts';
import type { MapDraft, Place, ProfileDraft } from './draft.ts';
import { maxPerRule, type Findings } from './findings.ts';
import type { JsonNode, Member } from './json-tree.ts';
import { membersOf, typeName } from './json-tree.ts';
import { readZone, type Reading } from './zone-reader.ts';
import { settingNames } from './settings.ts';
import { alternatives, similar, memberPath, quoted, zonePath } from './text.ts';

const topKeys: readonly string[] = ['mode', ...overrideMaps];
const wrapperKeys: readonly string[] = ['localDNSProfile', 'properties'];

/** The maximum number of unknown keys to compare; a file with more is not a misspelled profile. */
const maxCompared = 100;

/** Other words that people use for a mode. */
const modeWords: ReadonlyMap<string, LocalDnsMode> = new Map([
  ['enabled', 'Required'],
  ['enable', 'Required'],
  ['on', 'Required'],
  ['off', 'Disabled'],
]);

/** Reads the profile in a JSON object, with the positions of all parts, and reports errors in its structure. */
export function draftOf(reading: Reading, node: JsonNode, purpose: 'add' | 'update', path = '$'): ProfileDraft {
  const members = membersOf(node);
  const inner = wrapped(members);
  if (inner?.value !== undefined) {
    const innerPath = memberPath(path, inner.key);
    const what = `The profile is inside ${quoted(inner.key)}`;
    reading.findings.report('R009', {
      place: { offset: inner.keyOffset, path: innerPath },
      what,
      instead: 'only the profile',
    });
    return draftOf(reading, inner.value, purpose, innerPath);
  }
  const maps: MapDraft[] = [];
  const spelled = new Map<OverrideMap, string>();
  const unknown: string[] = [];
  for (const member of members) {
    const map = overrideMaps.find((candidate) => candidate.toLowerCase() === member.key.toLowerCase());
    if (map !== undefined) {
      reportSpelling(reading, member, map, spelled.get(map), path);
      if (!spelled.has(map)) spelled.set(map, member.key);
      maps.push(readMap(reading, member, map, path));
    } else if (!known(reading, member, path)) unknown.push(member.key);
  }
  const place: Place = { offset: node.offset, path };
  return { purpose, place, ...readMode(reading, members, place, unknown), maps };
}

/** The member with the profile, if `node` is not the profile itself. */
export function profileWrapper(node: JsonNode): Member | undefined {
  return node.type === 'object' ? wrapped(membersOf(node)) : undefined;
}

/** An ARM resource, or its properties, contains a profile but none of the profile's own keys. */
function wrapped(members: readonly Member[]): Member | undefined {
  if (members.some((member) => topKeys.some((key) => key.toLowerCase() === member.key.toLowerCase()))) {
    return members.find((member) => member.key.toLowerCase() === 'localdnsprofile' && member.value?.type === 'object');
  }
  return members.find(
    ({ key, value }) =>
      value?.type === 'object' && wrapperKeys.some((wrapper) => wrapper.toLowerCase() === key.toLowerCase()),
  );
}

/** Whether a top-level key other than the maps is allowed. */
function known({ findings }: Reading, { key, keyOffset }: Member, path: string): boolean {
  if (key === 'mode' || key === '$schema') return true;
  const place: Place = { offset: keyOffset, path: memberPath(path, key) };
  if (key === 'state') {
    findings.report('R010', { place, what: "'state' is read-only" });
    return true;
  }
  findings.report('L002', () => {
    const setting = similar(key, settingNames);
    const instead =
      similar(key, topKeys) ??
      (setting === undefined ? undefined : `${setting}, inside a zone of ${alternatives(overrideMaps)}`);
    return { place, what: `Unknown key ${quoted(key)} in the profile`, ...(instead === undefined ? {} : { instead }) };
  });
  return false;
}

type ModeDraft = Pick<ProfileDraft, 'mode' | 'modePlace'>;

function readMode(
  { findings }: Reading,
  members: readonly Member[],
  place: Place,
  unknown: readonly string[],
): ModeDraft {
  const member = members.findLast(({ key }) => key === 'mode');
  if (member === undefined) {
    // A misspelled `mode` is already reported as an unknown key.
    if (!unknown.slice(0, maxCompared).some((key) => similar(key, topKeys) === 'mode')) {
      findings.report('L001', { place, what: "'mode' is missing", instead: '"mode": "Required"' });
    }
    return { mode: undefined, modePlace: place };
  }
  const modePlace: Place = { offset: member.value?.offset ?? member.keyOffset, path: memberPath(place.path, 'mode') };
  return { mode: member.value === undefined ? undefined : modeOf(findings, member.value, modePlace), modePlace };
}

function modeOf(findings: Findings, value: JsonNode, place: Place): LocalDnsMode | undefined {
  if (value.type !== 'string') {
    findings.report('L001', {
      place,
      what: `'mode' must be a string, but is ${typeName(value)}`,
      instead: '"Required"',
    });
    return undefined;
  }
  const word = String(value.value);
  const mode = localDnsModes.find((candidate) => candidate === word);
  if (mode !== undefined) return mode;
  const instead = modeWords.get(word.trim().toLowerCase()) ?? similar(word, localDnsModes);
  findings.report('L001', {
    place,
    what: `${quoted(word)} is not a valid mode`,
    ...(instead === undefined ? {} : { instead }),
  });
  return undefined;
}

function reportSpelling(
  { findings }: Reading,
  { key, keyOffset }: Member,
  map: OverrideMap,
  first: string | undefined,
  path: string,
): void {
  const place: Place = { offset: keyOffset, path: memberPath(path, key) };
  if (key !== map)
    findings.report('R008', { place, what: `${quoted(key)} is documented as ${quoted(map)}`, instead: map });
  // The same spelling twice is a duplicate key, which is reported for the whole file.
  if (first !== undefined && first !== key) {
    findings.report('R006', { place, what: `${quoted(key)} and ${quoted(first)} are the same map`, instead: map });
  }
}

function readMap(reading: Reading, { key, keyOffset, value }: Member, map: OverrideMap, path: string): MapDraft {
  const place: Place = { offset: keyOffset, path: memberPath(path, key) };
  if (value?.type !== 'object') {
    if (value !== undefined) {
      const what = `${map} must be an object with zones, but is ${typeName(value)}`;
      reading.findings.report('R007', { place: { offset: value.offset, path: place.path }, what });
    }
    return { map, place, zones: undefined };
  }
  const zones = readable(membersOf(value)).map((zone) =>
    readZone(reading, zone, { offset: zone.keyOffset, path: zonePath(place.path, zone.key) }),
  );
  return { map, place, zones };
}

/** Limits the number of repeated zones. */
function readable(zones: readonly Member[]): readonly Member[] {
  const seen = new Set<string>();
  let repeated = 0;
  return zones.filter(({ key }) => {
    const again = seen.has(key);
    seen.add(key);
    if (again) repeated += 1;
    return !again || repeated <= maxPerRule;
  });
}
