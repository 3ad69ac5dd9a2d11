import type { JsonNode } from '../../json-tree.ts';
import { membersOf } from '../../json-tree.ts';
import { profileWrapper } from '../../profile-reader.ts';
import { memberPath, quoted } from '../../text.ts';
import { spaceBefore, type Edit } from './edit.ts';

/**
 * Replaces an object that contains only the profile with the profile itself, and reduces the indentation. JSON strings
 * contain no line ends, so removing white space after a line end is safe.
 */
export function unwrappingEdits(text: string, root: JsonNode): readonly Edit[] {
  const keys: string[] = [];
  let inner = root;
  for (let wrapper = profileWrapper(inner); wrapper?.value !== undefined; wrapper = profileWrapper(inner)) {
    if (membersOf(inner).some(({ key }) => key !== wrapper?.key && key !== '$schema')) return [];
    keys.push(wrapper.key);
    inner = wrapper.value;
  }
  const [key] = keys;
  if (key === undefined) return [];
  const last = membersOf(inner).at(-1);
  const indent = /[^\r\n]*$/.exec(spaceBefore(text, inner.offset + inner.length - 1))?.[0] ?? '';
  const content = text.slice(inner.offset, inner.offset + inner.length);
  const moved =
    last === undefined || indent === ''
      ? content
      : content.replaceAll(new RegExp(`(\\r\\n|\\r|\\n)${indent}`, 'g'), '$1');
  return [
    {
      offset: root.offset,
      length: root.length,
      content: moved,
      rule: 'R009',
      path: memberPath('$', key),
      what: `The profile is no longer inside ${quoted(keys.at(-1) ?? key)}`,
    },
  ];
}
