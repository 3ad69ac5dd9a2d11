import { describe, expect, test } from 'vitest';
import { filled, type BlockTools } from '../../scripts/docs/blocks.ts';
import { tables } from '../../scripts/docs/tables.ts';
import { forecastRules, thresholds } from '../../src/domain/checks/forecast/index.ts';
import { page } from './support.ts';

const tools: BlockTools = { program: (words) => `ran ${words.join('+')}\nand more\n`, tables: new Map([['colours', '| Colour |\n| --- |\n| red |']]), version: '1.2.3' };

describe('markers in pages', () => {
  test('are filled with the output of the program, and filling them twice changes nothing', async () => {
    const marked = "Before.\n\n<!-- example lines=1: config explain 'a b' -->\nold\n<!-- /example -->\n\nBehind.\n";
    const once = await filled(marked, tools);
    expect(once).toBe("Before.\n\n<!-- example lines=1: config explain 'a b' -->\n\n```text\n$ aks-localdns config explain 'a b'\nran config+explain+a b\n…\n```\n\n<!-- /example -->\n\nBehind.\n");
    await expect(filled(once, tools)).resolves.toBe(once);
  });

  test('can be tables of the generator', async () => {
    await expect(filled('<!-- table: colours -->\n<!-- /table -->\n', tools)).resolves.toBe('<!-- table: colours -->\n\n| Colour |\n| --- |\n| red |\n\n<!-- /table -->\n');
    await expect(filled('<!-- table: shapes -->\n<!-- /table -->\n', tools)).rejects.toThrow('no table called shapes');
  });

  test('without an end, or with a first line that does not occur, are an error', async () => {
    await expect(filled('<!-- example: check -->\n', tools)).rejects.toThrow('has no end');
    await expect(filled('<!-- example from="Summary": check -->\n<!-- /example -->\n', tools)).rejects.toThrow("begins with 'Summary'");
  });

  test('leave a page without any unchanged', async () => {
    await expect(filled('# Title\n\nA text.\n', tools)).resolves.toBe('# Title\n\nA text.\n');
  });

  test('run with a fleet and the files of the page, see earlier changes, and show the exit code', async () => {
    const marked = [
      '<!-- file: ignore.yaml -->', '', '```yaml', 'ignore:', '  - {id: spot, owner: a, reason: b, expires: 2026-11-25}', '```', '',
      '<!-- run fleet=own: check --all-subscriptions --only spot --report json=report.json -->', '',
      '<!-- example fleet=own exit: report convert report.json --to md --out report.md -->', '<!-- /example -->', '',
      '<!-- example fleet=own exit: check --all-subscriptions --only kubernetes-version --ignore-file ignore.yaml --query counts.fail -->', '<!-- /example -->', '',
    ].join('\n');
    const text = await filled(marked, tools);
    expect(text).toContain('$ aks-localdns report convert report.json --to md --out report.md\n$ echo $?\n0\n');
    expect(text).toMatch(/--query counts\.fail\n\d+\n\$ echo \$\?\n10\n/);
  });

  test('with a command line that the program rejects are an error', async () => {
    await expect(filled('<!-- example fleet: check --no-such-option -->\n<!-- /example -->\n', tools)).rejects.toThrow('This example failed');
  });
});

test('the page of the forecast has every rule and every threshold, in order', () => {
  const rules = tables().get('forecast-rules')?.split('\n').slice(2).map((line) => line.split('|')[2]?.trim());
  expect(rules).toEqual(forecastRules.map(({ id }) => id));
  const said = tables().get('forecast-thresholds')?.split('\n').slice(2).map((line) => line.split('|')[1]?.trim());
  expect(said).toEqual(thresholds.map(({ since }) => since));
  for (const name of ['forecast-rules', 'forecast-thresholds', 'forecast-outcomes']) expect(page('forecast.md')).toContain(tables().get(name));
});
