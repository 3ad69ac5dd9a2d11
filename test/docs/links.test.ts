import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands, groups } from '../../src/cli/commands/index.ts';
import { parse } from '../../src/cli/framework/parse.ts';
import { createRegistry } from '../../src/cli/framework/registry.ts';
import { route } from '../../src/cli/framework/route.ts';
import { shellWords } from '../support/cli.ts';

const root = new URL('../../', import.meta.url).pathname;
const docs = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md')).map((file) => path.join('docs', file));
const pages = ['README.md', 'CHANGELOG.md', 'src/simulator/SPEC.md', ...docs];
const registry = createRegistry(commands, groups);

function linksOf(page: string): readonly string[] {
  const text = readFileSync(path.join(root, page), 'utf8').replace(/```[\s\S]*?```/g, '');
  return [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? '').filter((link) => !/^[a-z]+:/.test(link));
}

/** Lines of shell blocks that run the program; continued lines are joined, comments and placeholders removed. */
function commandLines(page: string): readonly string[] {
  const blocks = [...readFileSync(path.join(root, page), 'utf8').matchAll(/```(?:sh|shell|bash)\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  return blocks
    .flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line.startsWith('aks-localdns ') && !line.includes('[options]') && !line.includes('…'));
}

describe('the pages', () => {
  test.each(pages)('%s has no broken links', (page) => {
    expect(linksOf(page).filter((link) => !existsSync(path.join(root, path.dirname(page), link)))).toEqual([]);
  });

  test.each(pages.filter((page) => commandLines(page).length > 0))('%s shows valid command lines', async (page) => {
    for (const line of commandLines(page)) {
      const found = route(shellWords(line).slice(1), registry);
      expect(found.kind, line).toMatch(/^(?:command|help|version)$/);
      if (found.kind === 'command') await parse(found.command, found.rest);
    }
  });
});
