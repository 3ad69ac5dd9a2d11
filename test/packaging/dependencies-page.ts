import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './bundle.ts';

/** The tables of docs/dependencies.md as data: header of each column -> cell, per row, per section. */
export type Row = Readonly<Record<string, string>>;

function cells(line: string): readonly string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim().replaceAll('`', ''));
}

export function readSections(): ReadonlyMap<string, readonly Row[]> {
  const sections = new Map<string, Row[]>();
  let rows: Row[] = [];
  let header: readonly string[] | undefined;
  for (const line of readFileSync(path.join(root, 'docs/dependencies.md'), 'utf8').split('\n')) {
    if (line.startsWith('## ')) {
      rows = [];
      sections.set(line.slice(3), rows);
    }
    if (!line.startsWith('|')) header = undefined;
    else if (header === undefined) header = cells(line);
    else if (!line.startsWith('| ---')) {
      const names = header;
      rows.push(Object.fromEntries(cells(line).map((cell, index) => [names[index] ?? '', cell])));
    }
  }
  return sections;
}
