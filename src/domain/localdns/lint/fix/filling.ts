import type { OverrideMap } from '../../../../model/profile.ts';
import { overrideMaps } from '../../../../model/profile.ts';
import { list } from '../../../../core/text.ts';
import { defaultOverride } from '../../defaults.ts';
import type { JsonNode, Member } from '../../json-tree.ts';
import { membersOf } from '../../json-tree.ts';
import { settingNames, settingSpellings, type SettingName } from '../../settings.ts';
import { quoted, zonePath } from '../../text.ts';
import { colonOf, endOf, spaceBefore, type Edit } from './edit.ts';
import { objectMembers } from './spelling.ts';

/** Writes out the documented defaults, in the style of the surrounding text. The request stays the same. */
export function fillingEdits(text: string, root: JsonNode): readonly Edit[] {
  return membersOf(root).flatMap((map) => {
    const name = overrideMaps.find((candidate) => candidate === map.key);
    return name === undefined ? [] : objectMembers(map).flatMap((zone) => zoneEdits(text, name, map, zone));
  });
}

function zoneEdits(text: string, map: OverrideMap, mapMember: Member, zone: Member): readonly Edit[] {
  if (zone.value?.type !== 'object') return [];
  const settings = objectMembers(zone);
  const given = new Set(settings.map(({ key }) => settingSpellings.get(key)));
  const missing = settingNames.filter((name) => !given.has(name));
  if (missing.length === 0) return [];
  const values = settingsOf(map, zone.key, missing);
  const last = settings.at(-1);
  const place = last === undefined ? inside(text, mapMember, zone, zone.value, values) : afterLast(text, last, values);
  return [
    {
      ...place,
      rule: 'L012',
      path: zonePath(map, zone.key),
      what: `The defaults of ${list(missing)} are written out for the zone ${quoted(zone.key)} of ${map}`,
    },
  ];
}

type Value = readonly [SettingName, string];

function settingsOf(map: OverrideMap, zone: string, names: readonly SettingName[]): readonly Value[] {
  const defaults = defaultOverride(map, zone);
  return names.map((name) => [name, JSON.stringify(defaults[name])] as const);
}

type Insertion = Pick<Edit, 'offset' | 'length' | 'content'>;

/** Inserts after the last setting, with the same spacing. */
function afterLast(text: string, last: Member, values: readonly Value[]): Insertion {
  const space = spaceBefore(text, last.keyOffset);
  const colon = colonOf(text, last);
  return {
    offset: endOf(last),
    length: 0,
    content: values.map(([name, value]) => `,${space}"${name}"${colon}${value}`).join(''),
  };
}

/**
 * Inserts into an empty object: one level deeper than its key if the key is on its own line, otherwise on the same
 * line.
 */
function inside(text: string, map: Member, zone: Member, value: JsonNode, values: readonly Value[]): Insertion {
  const colon = colonOf(text, zone);
  const entries = values.map(([name, setting]) => `"${name}"${colon}${setting}`);
  const space = spaceBefore(text, zone.keyOffset);
  const lineEnd = /\r\n|\n|\r/.exec(space)?.[0];
  if (lineEnd === undefined) return within(value, entries.join(colon === ':' ? ',' : ', '));
  const indent = afterLineEnd(space);
  const outer = afterLineEnd(spaceBefore(text, map.keyOffset));
  const unit = indent.startsWith(outer) && indent.length > outer.length ? indent.slice(outer.length) : '  ';
  return within(
    value,
    `${entries.map((entry, index) => `${index === 0 ? '' : ','}${lineEnd}${indent}${unit}${entry}`).join('')}${lineEnd}${indent}`,
  );
}

function within({ offset, length }: JsonNode, content: string): Insertion {
  return { offset: offset + 1, length: length - 2, content };
}

function afterLineEnd(space: string): string {
  return /[^\r\n]*$/.exec(space)?.[0] ?? '';
}
