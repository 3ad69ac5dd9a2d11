import { isJsonObject, type JsonValue } from '../core/json.ts';
import { oneLine, wrapWords } from '../core/text.ts';
import type { Consequence } from '../domain/localdns/consequences/index.ts';

const indent = '    ';
const narrowest = 30;

function shown(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '(none)';
  return oneLine(typeof value === 'string' ? value : JSON.stringify(value));
}

function settings(zone: JsonValue | undefined): string {
  return isJsonObject(zone)
    ? Object.entries(zone)
        .map(([name, value]) => `${name} ${shown(value)}`)
        .join(', ')
    : '';
}

function title({ path, before, after }: Consequence): readonly string[] {
  if (!path.endsWith('"]')) return [`${oneLine(path)}: ${shown(before)} -> ${shown(after)}`];
  if (before === undefined && isJsonObject(after)) return [`${oneLine(path)}: a new zone`, settings(after)];
  if (after === undefined && isJsonObject(before)) return [`${oneLine(path)}: the zone is gone`];
  return [`${oneLine(path)}: ${shown(before)} -> ${shown(after)}`];
}

/** What changes between two profiles and what that means, for people; with its final newline. */
export function profileDiffText(changes: readonly Consequence[], width = 80): string {
  if (changes.length === 0) return 'No difference.\n';
  const room = Math.max(narrowest, width - indent.length);
  const lines = changes.flatMap((change) => {
    const [head = '', ...more] = title(change);
    return [
      head,
      ...[...more, oneLine(change.consequence)]
        .flatMap((text) => wrapWords(text, room))
        .map((line) => `${indent}${line}`),
      '',
    ];
  });
  return `${lines.join('\n').trimEnd()}\n`;
}
