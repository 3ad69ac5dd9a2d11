import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { terminalText } from '../../../src/cli/io/terminal-text.ts';

function folded(text: string, width = 40): readonly string[] {
  return terminalText(text, { width, ascii: false }).split('\n');
}

describe('a text on a terminal', () => {
  test('is wrapped between words, and keeps its indent', () => {
    expect(folded('ERROR: 1 prerequisite is not met (feature-registered); nothing was changed.')).toEqual([
      'ERROR: 1 prerequisite is not met',
      '(feature-registered); nothing was',
      'changed.',
    ]);
    expect(folded('  To continue anyway, ignore them: --ignore feature-registered')).toEqual([
      '  To continue anyway, ignore them:',
      '  --ignore feature-registered',
    ]);
  });

  test('is not changed if it fits or there is no terminal', () => {
    const text = '  a   b\n\nc';
    expect(folded(text).join('\n')).toBe(text);
    const long = 'word '.repeat(50);
    expect(terminalText(long, { width: undefined, ascii: false })).toBe(long);
  });

  test('keeps a command valid for copying: it continues after a backslash, and only between shell words', () => {
    expect(
      folded(`    Fix: az aks nodepool update -g rg-demo -n 'a  long name, with blanks.' --os-sku Ubuntu2204`),
    ).toEqual([
      '    Fix: az aks nodepool update -g \\',
      '      rg-demo -n \\',
      `      'a  long name, with blanks.' \\`,
      '      --os-sku Ubuntu2204',
    ]);
  });

  test('keeps a variable that is exported', () => {
    expect(folded('export AKS_LOCALDNS_ARM_ENDPOINT=https://127.0.0.1:33245')).toEqual([
      'export \\',
      'AKS_LOCALDNS_ARM_ENDPOINT=https://127.0.0.1:33245',
    ]);
  });

  test('keeps a command that follows a sentence', () => {
    expect(
      folded('The operation in Azure goes on. To wait for it: aks-localdns nodepool wait -g rg-demo -n userpool'),
    ).toEqual([
      'The operation in Azure goes on. To wait',
      'for it: aks-localdns nodepool wait -g \\',
      '  rg-demo -n userpool',
    ]);
  });

  test('does not treat a sentence that names a command as a command', () => {
    expect(
      folded('Check the names: aks-localdns nodepool list, az aks list -o table. Not found may be hidden.').join('\n'),
    ).not.toContain('\\');
  });

  test('removes the indent of a word that is too long for it', () => {
    expect(folded('    AKSUbuntu-2204gen2containerd-202609.11.0')).toEqual([
      'AKSUbuntu-2204gen2containerd-202609.11.0',
    ]);
    expect(folded(`a ${'x'.repeat(60)} b`)).toEqual(['a', 'x'.repeat(60), 'b']);
  });

  test('counts no colour', () => {
    expect(folded(`\u001b[31m${'x'.repeat(20)} ${'y'.repeat(19)}\u001b[39m`)).toHaveLength(1);
    expect(folded(`Fix: \u001b[36maz aks start -g rg-demo -n aks-demo --no-wait\u001b[39m`)).toEqual([
      'Fix: \u001b[36maz aks start -g rg-demo -n \\',
      '  aks-demo --no-wait\u001b[39m',
    ]);
  });

  test('loses nothing, and is wider than the terminal only if a single word is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z.,:'"\\-]{1,50}$/), { maxLength: 30 }),
        fc.integer({ min: 10, max: 90 }),
        (words, width) => {
          const lines = folded(words.join(' '), width);
          expect(lines.join(' ').split(' ')).toEqual(words.join(' ').split(' '));
          for (const line of lines) expect(line.length <= width || !line.trim().includes(' ')).toBe(true);
        },
      ),
    );
  });

  test('adds no non-ASCII character under an ASCII locale', () => {
    expect(terminalText('✔ a → b …\n  └─ c │ d', { width: undefined, ascii: true })).toBe('+ a -> b ...\n  `- c | d');
    expect(terminalText('Tag é', { width: undefined, ascii: true })).toBe('Tag é');
  });
});
