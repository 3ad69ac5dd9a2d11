import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

test('the page about the simulator has the tables of the run with the real az', () => {
  const script = path.join(root, 'scripts', 'real-az.mjs');
  const tables = execFileSync(process.execPath, [script, '--expected'], { encoding: 'utf8' }).trim().split('\n\n### ');
  const page = readFileSync(path.join(root, 'docs', 'simulator.md'), 'utf8');
  expect(tables.length).toBeGreaterThan(1);
  for (const table of tables) expect(page).toContain(table);
});
