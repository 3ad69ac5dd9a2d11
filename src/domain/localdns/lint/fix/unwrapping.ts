import type { JsonNode } from '../../parse.ts';
import { membersOf } from '../../parse.ts';
import { profileWrapper } from '../../read-profile.ts';
import { memberPath, quoted } from '../../text.ts';
import { spaceBefore, type Edit } from './edit.ts';

/**
 * The profile alone in the place of an object that holds nothing else; what stood deeper moves out with it. Lines end
 * only outside of texts, so that white space behind them may go.
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
      what: `The content of ${quoted(keys.at(-1) ?? key)} stands alone now`,
    },
  ];
}
