import { describe, expect, test } from 'vitest';
import { paint, wantsColour } from '../../../src/cli/io/colour.ts';

describe('colour', () => {
  test.each([
    ['a terminal', { isTTY: true, env: {}, noColor: false }, true],
    ['a pipe', { isTTY: false, env: {}, noColor: false }, false],
    ['a dumb terminal', { isTTY: true, env: { TERM: 'dumb' }, noColor: false }, false],
    ['NO_COLOR', { isTTY: true, env: { NO_COLOR: '1' }, noColor: false }, false],
    ['an empty NO_COLOR', { isTTY: true, env: { NO_COLOR: '' }, noColor: false }, true],
    ['AZURE_CORE_NO_COLOR', { isTTY: true, env: { AZURE_CORE_NO_COLOR: 'yes' }, noColor: false }, false],
    ['--no-color over FORCE_COLOR', { isTTY: true, env: { FORCE_COLOR: '1' }, noColor: true }, false],
    ['FORCE_COLOR on a pipe', { isTTY: false, env: { FORCE_COLOR: '1' }, noColor: false }, true],
    ['FORCE_COLOR=0', { isTTY: true, env: { FORCE_COLOR: '0' }, noColor: false }, false],
  ])('%s', (_, choice, expected) => {
    expect(wantsColour(choice)).toBe(expected);
  });

  test('adds no colour codes if colours are off', () => {
    expect(paint('a', 'red', false)).toBe('a');
    expect(paint('a', 'red', true)).toBe('\u001b[31ma\u001b[39m');
  });
});
