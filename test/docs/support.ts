import { readFileSync } from 'node:fs';
import { commands, groups } from '../../src/cli/commands/index.ts';
import { readScope } from '../../src/cli/options/scope-request.ts';
import type { CheckArguments } from '../../src/cli/options/check.ts';
import { parse } from '../../src/cli/framework/parse.ts';
import { createRegistry } from '../../src/cli/framework/registry.ts';
import { route } from '../../src/cli/framework/route.ts';
import { parseDestinations } from '../../src/cli/options/report.ts';
import { shellWords } from '../support/cli.ts';

const docs = new URL('../../docs/', import.meta.url);

export function page(name: string): string {
  return readFileSync(new URL(name, docs), 'utf8');
}

/**
 * Command lines of the program in a script or a code block: with or without a prompt, continued lines joined, also after
 * a pipe or a `$(`.
 */
export function programLines(script: string): readonly string[] {
  return script
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => /(?:^\s*(?:\$ )?|[|(&;] *)(aks-localdns .*)$/.exec(line)?.[1]?.replace(/\s+#.*$/, '') ?? '')
    // In the output of `version`, the program's name is followed by a number.
    .filter((line) => line !== '' && !line.includes('…') && !/^aks-localdns \d/.test(line));
}

const registry = createRegistry(commands, groups);

/** The values of variables in a shell. */
function expanded(line: string): string {
  return line.replace(/\$\{?(\w+)\}?/g, (_, name: string) => name.toLowerCase());
}

/** Rejects with UsageError if the program would reject the line. */
export async function requireCommandLine(line: string): Promise<void> {
  const found = route(shellWords(expanded(line)).slice(1), registry);
  if (found.kind !== 'command') throw new Error(`'${line}' is no command.`);
  const { args } = await parse(found.command, found.rest);
  if (found.command.path.join(' ') !== 'check') return;
  const { report, ...scope } = args as unknown as CheckArguments;
  parseDestinations(report);
  readScope(scope, undefined);
}
