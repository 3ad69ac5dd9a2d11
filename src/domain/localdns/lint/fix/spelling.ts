import { localDnsModes, overrideEnums, overrideMaps } from '../../../../model/profile.ts';
import type { JsonNode, Member } from '../../json-tree.ts';
import { membersOf } from '../../json-tree.ts';
import { healthCheckSpellings, isEnumSetting, settingSpellings } from '../../settings.ts';
import { memberPath, quoted, zonePath } from '../../text.ts';
import { endOf, type Edit } from './edit.ts';

/** Corrects unambiguous misspellings of keys and values, and removes the read-only `state`. */
export function spellingEdits(text: string, root: JsonNode): readonly Edit[] {
  const members = membersOf(root);
  return members.flatMap((member, index) => {
    if (member.key === 'mode') return wordEdits(text, member, 'mode', localDnsModes, 'L001');
    if (member.key === 'state') return [removal(root, members, index)];
    const map = overrideMaps.find((candidate) => candidate.toLowerCase() === member.key.toLowerCase());
    return map === undefined ? [] : [...keyEdits(member, map, memberPath('$', member.key)), ...zoneEdits(text, member)];
  });
}

function zoneEdits(text: string, map: Member): readonly Edit[] {
  return objectMembers(map).flatMap((zone) =>
    objectMembers(zone).flatMap((setting) => {
      const name = settingSpellings.get(setting.key);
      const path = memberPath(zonePath(memberPath('$', map.key), zone.key), setting.key);
      if (setting.key === 'healthCheck') return healthCheckEdits(setting, path);
      if (name === undefined) return [];
      return [
        ...keyEdits(setting, name, path),
        ...(isEnumSetting(name) ? wordEdits(text, setting, path, overrideEnums[name], 'L003') : []),
      ];
    }),
  );
}

function healthCheckEdits(check: Member, path: string): readonly Edit[] {
  return objectMembers(check).flatMap((member) =>
    keyEdits(member, healthCheckSpellings.get(member.key) ?? member.key, memberPath(path, member.key)),
  );
}

export function objectMembers({ value }: Member): readonly Member[] {
  return value?.type === 'object' ? membersOf(value) : [];
}

function keyEdits({ key, keyOffset, keyLength }: Member, documented: string, path: string): readonly Edit[] {
  if (key === documented) return [];
  return [
    {
      offset: keyOffset,
      length: keyLength,
      content: JSON.stringify(documented),
      rule: 'R008',
      path,
      what: `${quoted(key)} is now '${documented}'`,
    },
  ];
}

/** Replaces the API's value with the documented one, and corrects the case. Anything else must be fixed by hand. */
function wordEdits(
  text: string,
  { key, value }: Member,
  path: string,
  words: readonly string[],
  rule: string,
): readonly Edit[] {
  if (value?.type !== 'string') return [];
  const found = String(value.value);
  if (words.includes(found)) return [];
  const lower = found.toLowerCase();
  const right =
    words.find((word) => word.toLowerCase() === lower) ??
    (lower === 'disabled' && words.includes('Disable') ? 'Disable' : undefined);
  // A string with escapes is not a simple misspelling.
  if (right === undefined || text.slice(value.offset, value.offset + value.length) !== JSON.stringify(found)) return [];
  return [
    {
      offset: value.offset,
      length: value.length,
      content: JSON.stringify(right),
      rule,
      path,
      what: `${key} ${quoted(found)} is now '${right}'`,
    },
  ];
}

/** Removes a member with its comma and white space. */
function removal(root: JsonNode, members: readonly Member[], index: number): Edit {
  const [before, member, after] = [members[index - 1], members[index], members[index + 1]];
  if (member === undefined) throw new Error('There is no such member.');
  const [start, end] =
    after !== undefined
      ? [member.keyOffset, after.keyOffset]
      : before !== undefined
        ? [endOf(before), endOf(member)]
        : [root.offset + 1, root.offset + root.length - 1];
  return {
    offset: start,
    length: end - start,
    content: '',
    rule: 'R010',
    path: memberPath('$', member.key),
    what: "The read-only 'state' is removed",
  };
}
