import { newerSettings, overrideEnums } from '../../model/profile.ts';
import type { Place, SettingDraft, ZoneDraft } from './draft.ts';
import type { Findings } from './findings.ts';
import { NewerSettings } from './read-newer.ts';
import type { JsonNode, Member } from './parse.ts';
import { membersOf, sourceOf, typeName } from './parse.ts';
import {
  greatestValue,
  isEnumSetting,
  leastValues,
  settingNames,
  settingSpellings,
  type EnumSetting,
  type SettingName,
} from './settings.ts';
import { alternatives, meant, memberPath, quoted } from './text.ts';

/** What reading needs at every level. */
export interface Reading {
  readonly text: string;
  readonly findings: Findings;
}

/** The settings of one zone; whatever the value is, the zone itself counts as given. */
export function readZone(reading: Reading, member: Member, place: Place): ZoneDraft {
  const { value } = member;
  const settings = new Map<SettingName, SettingDraft>();
  const newer = new NewerSettings(reading, place);
  if (value?.type !== 'object') {
    if (value !== undefined) {
      const what = `The zone ${quoted(member.key)} must be an object with settings, and is ${typeName(value)}`;
      reading.findings.report('R007', { place: { offset: value.offset, path: place.path }, what });
    }
    return { name: member.key, place, settings, newer };
  }
  const spelled = new Map<SettingName, string>();
  for (const setting of membersOf(value)) {
    const name = settingSpellings.get(setting.key);
    if (name === undefined && newer.take(setting)) continue;
    if (name === undefined) {
      reportUnknown(reading, setting, place);
      continue;
    }
    const at: Place = { offset: setting.keyOffset, path: memberPath(place.path, setting.key) };
    reportSpelling(reading, setting.key, name, spelled.get(name), at);
    spelled.set(name, setting.key);
    if (setting.value !== undefined) settings.set(name, readSetting(reading, name, setting.value, at.path));
  }
  return { name: member.key, place, settings, newer };
}

function reportUnknown({ findings }: Reading, { key, keyOffset }: Member, zone: Place): void {
  findings.report('L002', () => {
    const instead = meant(key, [...settingNames, ...newerSettings]);
    const place: Place = { offset: keyOffset, path: memberPath(zone.path, key) };
    return { place, what: `A zone has no setting ${quoted(key)}`, ...(instead === undefined ? {} : { instead }) };
  });
}

function reportSpelling(
  { findings }: Reading,
  key: string,
  name: SettingName,
  earlier: string | undefined,
  place: Place,
): void {
  if (key !== name)
    findings.report('R008', { place, what: `${quoted(key)} is documented as ${quoted(name)}`, instead: name });
  // The same spelling twice is a duplicate key, which is reported for the file as a whole.
  if (earlier !== undefined && earlier !== key) {
    findings.report('R006', {
      place,
      what: `${quoted(key)} and ${quoted(earlier)} are the same setting`,
      instead: name,
    });
  }
}

function readSetting(reading: Reading, name: SettingName, node: JsonNode, path: string): SettingDraft {
  const place: Place = { offset: node.offset, path };
  return {
    place,
    value: isEnumSetting(name) ? readWord(reading, name, node, place) : readNumber(reading, name, node, place),
  };
}

function readWord({ findings }: Reading, name: EnumSetting, node: JsonNode, place: Place): string | undefined {
  const words: readonly string[] = overrideEnums[name];
  if (node.type !== 'string') {
    findings.report('R007', {
      place,
      what: `${name} must be ${alternatives(words)} in double quotes, and is ${typeName(node)}`,
    });
    return undefined;
  }
  const word = String(node.value);
  if (words.includes(word)) return word;
  if (name === 'serveStale' && word === 'Disabled') {
    const why = "the documentation's word; the API's is 'Disable', and it is sent so";
    findings.report('L003', {
      place,
      severity: 'warn',
      what: "serveStale 'Disabled' is taken as 'Disable'",
      why,
      instead: 'Disable',
    });
    return 'Disable';
  }
  const instead = meant(word, words);
  findings.report('L003', {
    place,
    what: `${quoted(word)} is no value of ${name}, which is ${alternatives(words)}`,
    ...(instead === undefined ? {} : { instead }),
  });
  return undefined;
}

/**
 * Any way in which JSON writes a whole number will do, `1e3` and `3600.0` too: JSON has one type of number, and `1000`
 * and `3600` are sent.
 */
function readNumber({ text, findings }: Reading, name: SettingName, node: JsonNode, place: Place): number | undefined {
  if (node.type !== 'number') {
    const digits = node.type === 'string' ? /^(-?\d{1,10}) ?s?$/.exec(String(node.value))?.[1] : undefined;
    const found = node.type === 'string' ? `the text ${quoted(String(node.value))}` : typeName(node);
    const what = `${name} must be a whole number without quotes, and is ${found}`;
    findings.report('R007', { place, what, ...(digits === undefined ? {} : inRange(name, Number(digits))) });
    return undefined;
  }
  const value = Number(node.value) + 0;
  if (Number.isInteger(value) || !Number.isFinite(value)) return value;
  findings.report('R007', {
    place,
    what: `${name} must be a whole number, and is ${quoted(sourceOf(text, node))}`,
    why: 'the API takes whole numbers only',
    ...inRange(name, Math.round(value) + 0),
  });
  return undefined;
}

/** A number that may stand there, as what to write instead. */
function inRange(name: SettingName, value: number): { readonly instead?: string } {
  const least = isEnumSetting(name) ? 0 : leastValues[name];
  return value >= least && value <= greatestValue ? { instead: String(value) } : {};
}
