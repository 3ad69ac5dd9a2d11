import { isJsonObject, type JsonValue } from '../core/json.ts';
import type { Consequence } from '../domain/localdns/consequences/index.ts';
import { indented, page, term, wrapped } from './terminal.ts';

const narrowest = 30;

function shown(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '(none)';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function settings(zone: JsonValue | undefined): string {
  return isJsonObject(zone)
    ? Object.entries(zone)
        .map(([name, value]) => `${name} ${shown(value)}`)
        .join(', ')
    : '';
}

function title({ path, before, after }: Consequence): readonly string[] {
  if (!path.endsWith('"]')) return [`${path}: ${shown(before)} -> ${shown(after)}`];
  if (before === undefined && isJsonObject(after)) return [`${path}: zone added`, settings(after)];
  if (after === undefined && isJsonObject(before)) return [`${path}: zone removed`];
  return [`${path}: ${shown(before)} -> ${shown(after)}`];
}

/** The differences between two profiles and their consequences as text, with a final newline. */
export function profileDiffText(changes: readonly Consequence[], width = 80): string {
  if (changes.length === 0) return page(['No differences.']);
  const room = Math.max(narrowest, width - 4);
  const lines = changes.flatMap((change) => {
    const [head = '', ...more] = title(change);
    return [term``, term`${head}`, ...indented([...more, change.consequence].flatMap((text) => wrapped(text, room)))];
  });
  return page(lines.slice(1));
}
