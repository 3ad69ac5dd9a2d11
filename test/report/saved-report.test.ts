import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CliError } from '../../src/core/errors.ts';
import type { PrerequisiteReport } from '../../src/model/report.ts';
import { problemOf } from '../../src/report/json-schema.ts';
import { parseReport, prerequisites, reportFormats, reportSchema } from '../../src/report/index.ts';
import { reportOf } from '../support/report-of.ts';
import { facts, poolWith } from '../domain/checks/facts.ts';
import { fleet } from './support/fleet.ts';
import { hostileReports } from './support/hostile.ts';

const validate: ValidateFunction = new Ajv2020({ strict: true, allErrors: true }).compile(reportSchema);
const bytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function failure(value: unknown): { readonly code: string; readonly message: string } {
  try {
    parseReport(bytes(value), 'old.json');
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
  throw new Error('It was read.');
}

describe('the published JSON Schema', () => {
  const judged = reportOf(
    'cluster rg-shop/aks-shop',
    [
      {
        cluster: facts(),
        pools: [facts(), facts({ named: false, pool: poolWith({ vmSize: 'Standard_D2s_v5' }, 'small') })],
      },
    ],
    { ruleset: 'preview', ignore: ['surge'] },
  );

  test.each([
    ['a judged cluster', judged],
    ['one made cluster', fleet({ clusters: 1, detail: 'all' }).report],
    ['a made fleet', fleet({ clusters: 300, partial: 'Interrupted.' }).report],
  ])('fits %s', (_, given) => {
    expect(validate(plain(given)), JSON.stringify(validate.errors)).toBe(true);
  });

  test('describes every member', () => {
    const undescribed: string[] = [];
    const walk = (schema: typeof reportSchema, path: string): void => {
      for (const [name, member] of Object.entries(schema.properties ?? {})) {
        if ((member.description ?? '') === '') undescribed.push(`${path}.${name}`);
        walk(member.items ?? member, `${path}.${name}`);
      }
    };
    walk(reportSchema, '');
    expect(undescribed).toEqual([]);
  });

  test('is validated with the same result as by a standard validator', () => {
    const whole = plain(fleet({ clusters: 2, partial: 'x' }).report) as Record<string, unknown>;
    const paths: (readonly (string | number)[])[] = [];
    const collect = (value: unknown, path: readonly (string | number)[]): void => {
      paths.push(path);
      if (typeof value !== 'object' || value === null) return;
      const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
        ? [...value.entries()]
        : Object.entries(value);
      for (const [key, member] of entries) collect(member, [...path, key]);
    };
    collect(whole, []);
    const change = (value: unknown, [key, ...rest]: readonly (string | number)[], replacement: unknown): unknown => {
      if (key === undefined) return replacement;
      if (Array.isArray(value))
        return value.map((item: unknown, index) => (index === key ? change(item, rest, replacement) : item));
      return Object.fromEntries(
        Object.entries(value as object).map(([name, member]) => [
          name,
          name === key ? change(member, rest, replacement) : (member as unknown),
        ]),
      );
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        fc.oneof(fc.jsonValue(), fc.constantFrom('all', 'fail', 'enabled', 'read', -1, 1.5, '', undefined, 'toString')),
        (path, replacement) => {
          const broken = JSON.parse(JSON.stringify(change(whole, path, replacement)) ?? 'null') as unknown;
          expect(problemOf(broken, reportSchema) === undefined).toBe(validate(broken));
        },
      ),
      { numRuns: 600 },
    );
  });
});

describe('a saved report', () => {
  test('is read back as it was saved, and renders the same in every form', () => {
    const { report: saved } = fleet({ clusters: 25 });
    const read = parseReport(bytes(reportFormats.json(prerequisites(saved))), 'report.json');
    for (const render of Object.values(reportFormats))
      expect(render(prerequisites(read))).toBe(render(prerequisites(saved)));
  });

  test('reads back whatever its texts are', () => {
    fc.assert(
      fc.property(hostileReports, (given) => {
        const wellFormed = JSON.parse(JSON.stringify(given)) as PrerequisiteReport;
        expect(parseReport(bytes(reportFormats.json(prerequisites(given))), 'report.json').pools).toHaveLength(
          wellFormed.pools.length,
        );
      }),
      { numRuns: 50 },
    );
  });

  test('of a later 1.x version is read, with its additional members', () => {
    const later = { ...fleet({ clusters: 1 }).report, schemaVersion: '1.9', more: { of: 'it' } };
    expect(parseReport(bytes(later), 'new.json')).toMatchObject({ more: { of: 'it' } });
  });

  const good = fleet({ clusters: 2, detail: 'all' }).report;
  test.each([
    ['not JSON', '{', 'report-not-valid', /^old\.json is not a prerequisite report: it is not JSON\.$/],
    ['a list', [], 'report-not-valid', /it is not a JSON object/],
    ['null', 'null', 'report-not-valid', /it is not a JSON object/],
    ['something else', {}, 'report-not-valid', /it has no schemaVersion/],
    [
      'a version of the future',
      { ...good, schemaVersion: '2.0' },
      'report-version',
      /has schemaVersion 2\.0; this version of aks-localdns reads 1\.x/,
    ],
    [
      'a version that is not one',
      { ...good, schemaVersion: '1.x\u001b[2J' },
      'report-version',
      /schemaVersion 1\.x\\u001b\[2J;/,
    ],
    ['no pools', { ...good, pools: undefined }, 'report-not-valid', /the report has no pools/],
    ['a pool that is none', { ...good, pools: [null] }, 'report-not-valid', /pools\[0\] is not an object/],
    [
      'an eligibility of its own',
      { ...good, pools: [{ ...good.pools[0], eligibility: 'maybe' }] },
      'report-not-valid',
      /pools\[0\]\.eligibility is not one of eligible/,
    ],
    [
      'half a node',
      { ...good, pools: [{ ...good.pools[0], nodes: 1.5 }] },
      'report-not-valid',
      /pools\[0\]\.nodes is not an integer/,
    ],
    [
      'counts that are not those of its rows',
      { ...good, counts: { ...good.counts, fail: good.counts.fail + 1 } },
      'report-not-valid',
      /its counts state \d+ rows with status fail, but it lists \d+/,
    ],
    [
      'members of the prototype',
      '{"schemaVersion":"1.0","__proto__":{"pools":[]}}',
      'report-not-valid',
      /has no ruleset/,
    ],
  ])('that is %s is refused with a reason', (_, given, code, message) => {
    const found = failure(given);
    expect(found.code).toBe(code);
    expect(found.message).toMatch(message);
  });

  test('that is not UTF-8 is refused', () => {
    expect(() => parseReport(new Uint8Array([0x7b, 0xff, 0x7d]), 'old.json')).toThrow('it is not UTF-8 text');
  });
});
