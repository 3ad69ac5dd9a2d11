import { newerSettings, overrideEnums } from '../../model/profile.ts';
import type { Place, SettingDraft, ZoneDraft } from './draft.ts';
import type { Findings } from './findings.ts';
import { NewerSettings } from './newer-settings.ts';
import type { JsonNode, Member } from './json-tree.ts';
import { membersOf, sourceOf, typeName } from './json-tree.ts';
import {
  maxValue,
  isEnumSetting,
  minValues,
  settingNames,
  settingSpellings,
  type EnumSetting,
  type SettingName,
} from './settings.ts';
import { alternatives, similar, memberPath, quoted } from './text.ts';

/** The text and the findings, needed at every level of reading. */
export interface Reading {
  readonly text: string;
  readonly findings: Findings;
}

/** Reads the settings of a zone; the zone counts as given even if its value is invalid. */
export function readZone(reading: Reading, member: Member, place: Place): ZoneDraft {
  const { value } = member;
  const settings = new Map<SettingName, SettingDraft>();
  const newer = new NewerSettings(reading, place);
  if (value?.type !== 'object') {
    if (value !== undefined) {
      const what = `The zone ${quoted(member.key)} must be an object with settings, but is ${typeName(value)}`;
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
    const instead = similar(key, [...settingNames, ...newerSettings]);
    const place: Place = { offset: keyOffset, path: memberPath(zone.path, key) };
    return { place, what: `Unknown setting ${quoted(key)} in a zone`, ...(instead === undefined ? {} : { instead }) };
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
  // The same spelling twice is a duplicate key, which is reported for the whole file.
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
      what: `${name} must be ${alternatives(words)} in double quotes, but is ${typeName(node)}`,
    });
    return undefined;
  }
  const word = String(node.value);
  if (words.includes(word)) return word;
  if (name === 'serveStale' && word === 'Disabled') {
    const why = "the documentation uses 'Disabled', but the API uses 'Disable', which is sent";
    findings.report('L003', {
      place,
      severity: 'warn',
      what: "serveStale 'Disabled' is read as 'Disable'",
      why,
      instead: 'Disable',
    });
    return 'Disable';
  }
  const instead = similar(word, words);
  findings.report('L003', {
    place,
    what: `${quoted(word)} is not a valid value for ${name}, which must be ${alternatives(words)}`,
    ...(instead === undefined ? {} : { instead }),
  });
  return undefined;
}

/** Accepts any JSON notation of a whole number, including `1e3` and `3600.0`; `1000` and `3600` are sent. */
function readNumber({ text, findings }: Reading, name: SettingName, node: JsonNode, place: Place): number | undefined {
  if (node.type !== 'number') {
    const digits = node.type === 'string' ? /^(-?\d{1,10}) ?s?$/.exec(String(node.value))?.[1] : undefined;
    const found = node.type === 'string' ? `the string ${quoted(String(node.value))}` : typeName(node);
    const what = `${name} must be a whole number without quotes, but is ${found}`;
    findings.report('R007', { place, what, ...(digits === undefined ? {} : inRange(name, Number(digits))) });
    return undefined;
  }
  const value = Number(node.value) + 0;
  if (Number.isInteger(value) || !Number.isFinite(value)) return value;
  findings.report('R007', {
    place,
    what: `${name} must be a whole number, but is ${quoted(sourceOf(text, node))}`,
    why: 'the API accepts only whole numbers',
    ...inRange(name, Math.round(value) + 0),
  });
  return undefined;
}

/** The number as a suggestion, if it is in range. */
function inRange(name: SettingName, value: number): { readonly instead?: string } {
  const min = isEnumSetting(name) ? 0 : minValues[name];
  return value >= min && value <= maxValue ? { instead: String(value) } : {};
}
