import { localDnsModes, overrideMaps, type LocalDnsMode, type OverrideMap } from '../../model/profile.ts';
import type { MapDraft, Place, ProfileDraft } from './draft.ts';
import { mostOfOneRule, type Findings } from './findings.ts';
import type { JsonNode, Member } from './parse.ts';
import { membersOf, typeName } from './parse.ts';
import { readZone, type Reading } from './read-zone.ts';
import { settingNames } from './settings.ts';
import { alternatives, meant, memberPath, quoted, zonePath } from './text.ts';

const topKeys: readonly string[] = ['mode', ...overrideMaps];
const wrapperKeys: readonly string[] = ['localDNSProfile', 'properties'];

/** A file with more unknown keys than that is no profile with a slip in it. */
const mostCompared = 100;

/** Words that people write for a mode, far from it by letters. */
const modeWords: ReadonlyMap<string, LocalDnsMode> = new Map([
  ['enabled', 'Required'],
  ['enable', 'Required'],
  ['on', 'Required'],
  ['off', 'Disabled'],
]);

/**
 * The profile that a JSON object holds, with the places of all its parts; what is wrong with its shape is reported on
 * the way.
 */
export function draftOf(reading: Reading, node: JsonNode, purpose: 'add' | 'update', path = '$'): ProfileDraft {
  const members = membersOf(node);
  const inner = wrapped(members);
  if (inner?.value !== undefined) {
    const innerPath = memberPath(path, inner.key);
    const what = `The profile stands inside ${quoted(inner.key)}`;
    reading.findings.report('R009', {
      place: { offset: inner.keyOffset, path: innerPath },
      what,
      instead: 'its content alone',
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

/** The member that holds the profile, if `node` is not the profile itself. */
export function profileWrapper(node: JsonNode): Member | undefined {
  return node.type === 'object' ? wrapped(membersOf(node)) : undefined;
}

/** A whole ARM resource, or its properties, has a profile in it and none of a profile's own keys. */
function wrapped(members: readonly Member[]): Member | undefined {
  if (members.some((member) => topKeys.some((key) => key.toLowerCase() === member.key.toLowerCase()))) {
    return members.find((member) => member.key.toLowerCase() === 'localdnsprofile' && member.value?.type === 'object');
  }
  return members.find(
    ({ key, value }) =>
      value?.type === 'object' && wrapperKeys.some((wrapper) => wrapper.toLowerCase() === key.toLowerCase()),
  );
}

/** Whether a key of the top level other than the maps may stand there. */
function known({ findings }: Reading, { key, keyOffset }: Member, path: string): boolean {
  if (key === 'mode' || key === '$schema') return true;
  const place: Place = { offset: keyOffset, path: memberPath(path, key) };
  if (key === 'state') {
    findings.report('R010', { place, what: "'state' is read-only" });
    return true;
  }
  findings.report('L002', () => {
    const setting = meant(key, settingNames);
    const instead =
      meant(key, topKeys) ??
      (setting === undefined ? undefined : `${setting}, inside a zone of ${alternatives(overrideMaps)}`);
    return { place, what: `A profile has no key ${quoted(key)}`, ...(instead === undefined ? {} : { instead }) };
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
    // `Mode` and the like are reported as what they are; that they leave the profile without a mode is the same slip.
    if (!unknown.slice(0, mostCompared).some((key) => meant(key, topKeys) === 'mode')) {
      findings.report('L001', { place, what: "'mode' is missing", instead: '"mode": "Required"' });
    }
    return { mode: undefined, modePlace: place };
  }
  const modePlace: Place = { offset: member.value?.offset ?? member.keyOffset, path: memberPath(place.path, 'mode') };
  return { mode: member.value === undefined ? undefined : modeOf(findings, member.value, modePlace), modePlace };
}

function modeOf(findings: Findings, value: JsonNode, place: Place): LocalDnsMode | undefined {
  if (value.type !== 'string') {
    findings.report('L001', { place, what: `'mode' must be a text, and is ${typeName(value)}`, instead: '"Required"' });
    return undefined;
  }
  const word = String(value.value);
  const mode = localDnsModes.find((candidate) => candidate === word);
  if (mode !== undefined) return mode;
  const instead = modeWords.get(word.trim().toLowerCase()) ?? meant(word, localDnsModes);
  findings.report('L001', { place, what: `${quoted(word)} is no mode`, ...(instead === undefined ? {} : { instead }) });
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
  // The same spelling twice is a duplicate key, which is reported for the file as a whole.
  if (first !== undefined && first !== key) {
    findings.report('R006', { place, what: `${quoted(key)} and ${quoted(first)} are the same map`, instead: map });
  }
}

function readMap(reading: Reading, { key, keyOffset, value }: Member, map: OverrideMap, path: string): MapDraft {
  const place: Place = { offset: keyOffset, path: memberPath(path, key) };
  if (value?.type !== 'object') {
    if (value !== undefined) {
      const what = `${map} must be an object with zones, and is ${typeName(value)}`;
      reading.findings.report('R007', { place: { offset: value.offset, path: place.path }, what });
    }
    return { map, place, zones: undefined };
  }
  const zones = readable(membersOf(value)).map((zone) =>
    readZone(reading, zone, { offset: zone.keyOffset, path: zonePath(place.path, zone.key) }),
  );
  return { map, place, zones };
}

/** Where a zone stands a thousand times over, its duplicates alone are more than anybody reads. */
function readable(zones: readonly Member[]): readonly Member[] {
  const seen = new Set<string>();
  let repeated = 0;
  return zones.filter(({ key }) => {
    const again = seen.has(key);
    seen.add(key);
    if (again) repeated += 1;
    return !again || repeated <= mostOfOneRule;
  });
}
