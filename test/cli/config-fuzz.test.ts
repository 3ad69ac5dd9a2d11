import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commands, groups } from '../../src/cli/commands/index.ts';
import { createRegistry } from '../../src/cli/framework/registry.ts';
import { parseJson } from '../../src/core/json.ts';
import { documentedDefault, profileForRequest } from '../../src/domain/localdns/index.ts';
import { runCli } from '../support/cli.ts';

const registry = createRegistry(commands, groups);
const good = JSON.stringify(profileForRequest(documentedDefault()), null, 2);

/** Possible contents of a file: noise, any JSON, and valid files with a part changed. */
const mutated = fc
  .tuple(
    fc.nat(good.length),
    fc.nat(40),
    fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom(
        '{',
        '}',
        '"',
        ',',
        '"__proto__": {},',
        '"constructor": 1,',
        '\u0000',
        '\ud800',
        '1e999',
        '-0',
        '[[[[',
      ),
    ),
  )
  .map(([at, gone, put]) => Buffer.from(good.slice(0, at) + put + good.slice(at + gone)));
const anyJson = fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)));
const shaped = fc
  .record(
    {
      mode: fc.jsonValue(),
      kubeDNSOverrides: fc.dictionary(fc.string({ maxLength: 12 }), fc.jsonValue(), { maxKeys: 6 }),
      vnetDNSOverrides: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  .map((value) => Buffer.from(JSON.stringify(value)));
const noise = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
const files = fc.oneof(
  { weight: 4, arbitrary: mutated },
  { weight: 2, arbitrary: shaped },
  { weight: 1, arbitrary: anyJson },
  { weight: 1, arbitrary: noise },
);

async function run(argv: readonly string[], bytes: Uint8Array) {
  return runCli(argv, { registry, context: () => ({ input: async () => bytes }) });
}

/** Commands that report problems in their document, and those that print only the error. */
const judges = [
  ['config', 'validate', 'FILE', '-o', 'json'],
  ['config', 'lint', 'FILE', '-o', 'json'],
  ['config', 'validate', 'FILE', '-o', 'sarif'],
  ['config', 'validate', '--for', 'add', 'FILE'],
];
const makers = [
  ['config', 'render', 'FILE'],
  ['config', 'explain', 'www.example.com', 'FILE', '-o', 'json'],
  ['config', 'diff', 'default', 'FILE', '-o', 'json'],
  ['config', 'export', 'FILE', '--to', 'bicep'],
];

describe('whatever bytes are in the file', () => {
  test.each(judges.map((argv) => ({ title: argv.join(' '), argv })))(
    '$title ends with 0 or 10, and one document',
    async ({ argv }) => {
      await fc.assert(
        fc.asyncProperty(files, async (bytes) => {
          const { exit, stdout } = await run(argv, bytes);
          expect([0, 10]).toContain(exit);
          expect(parseJson(stdout)).toBeTypeOf('object');
        }),
        { numRuns: 150 },
      );
      expect(({} as Record<string, unknown>)['mode']).toBeUndefined();
    },
  );

  test.each(makers.map((argv) => ({ title: argv.join(' '), argv })))(
    '$title ends with 0 and its document, or with 10 and the reasons',
    async ({ argv }) => {
      await fc.assert(
        fc.asyncProperty(files, async (bytes) => {
          const { exit, stdout, stderr } = await run(argv, bytes);
          expect([0, 10]).toContain(exit);
          expect(stdout === '').toBe(exit === 10);
          expect(exit === 10 ? stderr : 'ERROR: ').toMatch(/^ERROR: /);
        }),
        { numRuns: 150 },
      );
    },
  );

  test('the largest file that is read, of nothing but brackets, quotes, zones or one name, is processed to the end', async () => {
    const zone = '"a.example.com":{"serveStale":"Verify"},';
    const name = JSON.stringify({ mode: 'Required', vnetDNSOverrides: { ['a.'.repeat(520_000)]: {} } });
    const bodies = [
      name,
      '['.repeat(1_048_576),
      '"'.repeat(1_048_576),
      `{"mode":"Required","kubeDNSOverrides":{${zone.repeat(26_000)}".":{}}}`,
    ];
    for (const body of bodies) {
      const { exit, stdout } = await run(['config', 'lint', 'FILE', '-o', 'json'], Buffer.from(body));
      expect(exit).toBe(10);
      expect(parseJson(stdout)).toBeTypeOf('object');
    }
  });
});
