import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { withAzure } from '../support/e2e.ts';

describe('facts on standard input', () => {
  test.concurrent(
    'are judged as those of a file are',
    withAzure({ clusters: 30, seed: 3 }, async (azure) => {
      const live = await azure.run(['check', '--all-subscriptions', '--save-facts', 'facts.ndjson']);
      const input = readFileSync(path.join(azure.directory, 'facts.ndjson'), 'utf8');
      const judged = await azure.run(['check', '--from-facts', '-'], { input });
      expect([judged.code, judged.stdout], judged.stderr).toEqual([live.code, live.stdout]);
      const cut = await azure.run(['check', '--from-facts', '-'], { input: input.slice(0, 400) });
      expect([cut.code, cut.stdout]).toEqual([1, '']);
      expect(cut.stderr).toContain('standard input');
      const nothing = await azure.run(['check', '--from-facts', '-'], { input: '' });
      expect([nothing.code, nothing.stdout]).toEqual([1, '']);
      const twice = await azure.run(['check', '--from-facts', '-', '--ignore-file', '-'], { input });
      expect([twice.code, twice.stderr]).toEqual([
        2,
        expect.stringContaining('--from-facts and --ignore-file cannot both read standard input.'),
      ]);
    }),
  );
});
