import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startOnTerminal, startPiped, type Terminal } from '../../support/e2e-child.ts';
import { root } from '../../support/e2e-program.ts';

const [down, up, enter, backspace] = ['\u001b[B', '\u001b[A', '\r', '\u007f'];
const [ctrlC, ctrlD] = ['\u0003', '\u0004'];

// The folder from which packages are loaded.
const folder = mkdtempSync(path.join(root, 'node_modules', '.prompts-'));
const program = path.join(folder, 'program.mjs');
const options = { env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color' }, cwd: root, columns: 80 };

beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL('../../support/prompts-program.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    loader: { '.sh': 'text' },
    logLevel: 'silent',
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function start(question: string, env: Readonly<Record<string, string>> = {}): Terminal {
  return startOnTerminal(process.execPath, [program, question, '-o', 'json'], {
    ...options,
    env: { ...options.env, ...env },
  });
}

/** The last drawing, from the question on. */
function screen({ text }: Terminal, question: string): readonly string[] {
  return text
    .slice(text.lastIndexOf(question))
    .split('\n')
    .map((line) => line.trimEnd());
}

async function answer(terminal: Terminal): Promise<unknown> {
  const { code, text } = await terminal.ended;
  expect([code, text]).toEqual([0, expect.stringMatching(/\{\s*"answer": [\s\S]*\}\s*$/)]);
  const { answer: given } = JSON.parse(text.slice(text.lastIndexOf('{\n  "answer"'))) as { readonly answer: unknown };
  return given;
}

describe.skipIf(process.platform === 'win32')('a choice from a short list', () => {
  test.concurrent('is the first enabled one if Enter is pressed', async () => {
    const terminal = start('select');
    await terminal.shows('Use arrow keys to move, press Enter to select');
    expect(screen(terminal, 'Which cluster?')).toEqual([
      'Which cluster?',
      '- aks-old (stopped)',
      '> aks-demo',
      '  aks-\\u001b[31mtest',
      '',
      'In eastus2, 3 node pools',
      'Use arrow keys to move, press Enter to select',
    ]);
    terminal.type(enter);
    expect(await answer(terminal)).toEqual({ id: 2 });
    expect(terminal.text).toContain('Which cluster? aks-demo');
    expect(terminal.raw.lastIndexOf('\u001b[?25h')).toBeGreaterThan(terminal.raw.lastIndexOf('\u001b[?25l'));
  });

  test.concurrent('is changed by the arrow keys, by its first letters, or by the initial choice', async () => {
    const byKey = start('select');
    await byKey.shows('press Enter to select');
    byKey.type(down);
    await byKey.shows('> aks-\\u001b[31mtest');
    byKey.type(enter);
    expect(await answer(byKey)).toEqual({ id: 3 });
    const begun = start('select-other');
    await begun.shows('> aks-\\u001b[31mtest');
    begun.type('aks-d');
    await begun.shows('> aks-demo');
    begun.type(enter);
    expect(await answer(begun)).toEqual({ id: 2 });
  });

  test.concurrent('cannot be a disabled one, whose reason is shown', async () => {
    const terminal = start('select');
    await terminal.shows('press Enter to select');
    terminal.type(up);
    await terminal.shows('> aks-old (stopped)');
    terminal.type(enter);
    await terminal.shows('This option is disabled; the reason is shown next to it.');
    terminal.type(`${down}${enter}`);
    expect(await answer(terminal)).toEqual({ id: 2 });
  });
});

describe.skipIf(process.platform === 'win32')('a choice from a long list', () => {
  test.concurrent('is found by typing parts of it', async () => {
    const terminal = start('search');
    await terminal.shows('Type to search, use arrow keys to move, press Enter to select');
    expect(screen(terminal, 'Which node pool?').slice(0, 3)).toEqual([
      'Which node pool?',
      '- pool0 (Windows)',
      '> pool1',
    ]);
    terminal.type('user 3');
    await terminal.shows('> pool3\n  pool13');
    terminal.type(down);
    await terminal.shows('> pool13');
    terminal.type(enter);
    expect(await answer(terminal)).toBe(13);
  });

  test.concurrent('can be searched further after moving along the list', async () => {
    const terminal = start('search');
    await terminal.shows('press Enter to select');
    terminal.type('user');
    await terminal.shows('Which node pool? user');
    terminal.type(down + down + up);
    await terminal.shows('> pool3');
    terminal.type(' 2');
    await terminal.shows('Which node pool? user 2\n> pool21');
    terminal.type(enter);
    expect(await answer(terminal)).toBe(21);
  });

  test.concurrent('is never a hidden or a disabled one', async () => {
    const terminal = start('search');
    await terminal.shows('press Enter to select');
    terminal.type('windmill');
    await terminal.shows('No matches.');
    terminal.type(enter);
    terminal.type(`${backspace.repeat(8)}pool0`);
    await terminal.shows('Which node pool? pool0\n- pool0 (Windows)');
    terminal.type(enter);
    terminal.type(`${backspace}7`);
    await terminal.shows('Which node pool? pool7');
    terminal.type(enter);
    expect(await answer(terminal)).toBe(7);
  });

  test.concurrent('is the typed one, even if Enter arrives together with the text', async () => {
    const terminal = start('search');
    await terminal.shows('press Enter to select');
    terminal.type(`pool27${enter}`);
    expect(await answer(terminal)).toBe(27);
  });
});

describe.skipIf(process.platform === 'win32')('a line of text', () => {
  test.concurrent('is the typed text; an invalid one is rejected with a reason and asked for again', async () => {
    const terminal = start('input');
    await terminal.shows('What is it called?');
    terminal.type(`pool 1${enter}`);
    await terminal.shows('Only small letters.');
    terminal.type(`${backspace.repeat(2)}${enter}`);
    expect(await answer(terminal)).toBe('pool');
  });

  test.concurrent('is the default if only Enter is pressed', async () => {
    const terminal = start('input-default');
    await terminal.shows('What is it called? (userpool)');
    terminal.type(enter);
    expect(await answer(terminal)).toBe('userpool');
  });
});

describe.skipIf(process.platform === 'win32')('questions', () => {
  test.concurrent('follow one another on one terminal', async () => {
    const terminal = start('two');
    await terminal.shows('press Enter to select');
    terminal.type(enter);
    await terminal.shows('What is it called?');
    terminal.type(`abc${enter}`);
    await terminal.shows('Go on? (y/N)');
    terminal.type(`y${enter}`);
    expect(await answer(terminal)).toEqual({ cluster: { id: 2 }, name: 'abc', agreed: true });
  });

  test.concurrent.each(['select', 'search', 'input'])(
    'end with 130 on Ctrl-C and at the end of input: %s',
    async (name) => {
      for (const key of [ctrlC, ctrlD]) {
        const terminal = start(name);
        await terminal.shows(name === 'input' ? 'called?' : 'press Enter to select');
        terminal.type(key);
        const { code, raw, text } = await terminal.ended;
        expect([code, text]).toEqual([130, expect.stringContaining('Interrupted.')]);
        expect(raw.lastIndexOf('\u001b[?25h')).toBeGreaterThanOrEqual(raw.lastIndexOf('\u001b[?25l'));
      }
    },
  );

  test.concurrent.each(['select', 'search', 'input'])('end with 143 at SIGTERM: %s', async (name) => {
    const terminal = start(name, { END_BY: 'SIGTERM' });
    await terminal.shows('?');
    expect(await terminal.ended).toMatchObject({ code: 143, text: expect.stringContaining('Terminated.') as string });
  });

  test.concurrent.each(['select', 'search', 'input'])(
    'are refused without a terminal with exit 2 and the option to use instead: %s',
    async (name) => {
      const { code, stdout, stderr } = await startPiped(process.execPath, [program, name], options).ended;
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^ERROR: There is no terminal to prompt on: W.+\?\nName it with --name\.\n$/);
    },
  );

  test.concurrent('have no colours', async () => {
    const terminal = start('search');
    await terminal.shows('press Enter to select');
    terminal.type(enter);
    await terminal.ended;
    // oxlint-disable-next-line no-control-regex
    expect(terminal.raw.slice(0, terminal.raw.indexOf('"answer"'))).not.toMatch(/\u001b\[[\d;]*m/);
  });
});
