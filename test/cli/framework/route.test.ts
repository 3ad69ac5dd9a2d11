import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { route } from '../../../src/cli/framework/route.ts';
import { UsageError } from '../../../src/core/errors.ts';
import { sampleRegistry } from '../../support/cli.ts';

const registry = sampleRegistry();

function summary(argv: readonly string[]): string {
  try {
    const found = route(argv, registry);
    if (found.kind === 'version') return 'version';
    if (found.kind === 'command') return `run ${found.command.path.join(' ')} | ${found.rest.join(' ')}`;
    return `${found.kind} ${found.path.join(' ')}`.trim();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.message;
  }
}

describe('the route of a command line', () => {
  test.each([
    [['--version'], 'version'],
    [[], 'help'],
    [['--help'], 'help'],
    [['help'], 'help'],
    [['help', 'pool', 'show'], 'help pool show'],
    [['-h', 'pool'], 'help pool'],
    [['pool', '--help'], 'help pool'],
    [['pool'], 'group pool'],
    [['pool', '--debug'], 'group pool'],
    [['pool', 'show', '-g', 'rg', '--help'], 'help pool show'],
    [['pool', 'show', '-g', 'rg', '--', '--help'], 'run pool show | -g rg -- --help'],
    [
      ['--debug', '-o', 'json', 'pool', '--query=x', 'show', '-g', 'rg'],
      'run pool show | --debug -o json --query=x -g rg',
    ],
    [['-ojson', 'pool', 'show'], 'run pool show | -ojson'],
    [['check'], 'run check | '],
    [['check', '--debug', 'explain', 'ID'], 'run check explain | --debug ID'],
    [['check', 'explain', 'list'], 'run check explain | list'],
    [['pol', 'show'], "'pol' is not a command of 'aks-localdns'. Did you mean 'pool'?"],
    [['pool', 'shwo'], "'shwo' is not a command of 'aks-localdns pool'. Did you mean 'show'?"],
    [['check', 'explian'], "'explian' is not a command of 'aks-localdns check'. Did you mean 'explain'?"],
    [['zebra'], "'zebra' is not a command of 'aks-localdns'. See 'aks-localdns --help'."],
    [
      ['--outptu', 'json', 'pool'],
      "'--outptu' is not an option of 'aks-localdns'; put options after the command. Did you mean '--output'?",
    ],
    [
      ['-g', 'rg', 'pool', 'show'],
      "'-g' is not an option of 'aks-localdns'; put options after the command. See 'aks-localdns --help'.",
    ],
  ] as const)('%j', (argv, expected) => {
    expect(summary(argv)).toBe(expected);
  });

  test('exists for any arguments', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'pool',
        'show',
        'check',
        'explain',
        'help',
        '--help',
        '-h',
        '--version',
        '-o',
        '--',
        '-',
        '--query=',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word), (argv) => {
        expect(summary(argv)).not.toContain('\n');
      }),
    );
  });
});
