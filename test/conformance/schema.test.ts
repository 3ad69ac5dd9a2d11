import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { isJsonObject, parseJson, type JsonObject, type JsonValue } from '../../src/core/json.ts';
import { documentedDefault, readProfile, type ProfileFinding } from '../../src/domain/localdns/index.ts';
import { allRules } from '../../src/domain/localdns/lint/index.ts';
import { profileSchema } from '../../src/domain/localdns/schema/index.ts';
import { schemaLimits } from './schema-limits.ts';
import { overrideEnums } from '../../src/model/profile.ts';

const files = fileURLToPath(new URL('../../../shared/reference/azure-cli/localdnsconfig/', import.meta.url));
const present = existsSync(files);
const skipped = present ? '' : ` (skipped: there is no reference data at ${files})`;

const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(profileSchema());
const whole = new Set(schemaLimits.filter(({ part }) => part === undefined).map(({ rule }) => rule));
const limited = new Set(schemaLimits.map(({ rule }) => rule));

const failuresOf = (text: string): readonly ProfileFinding[] =>
  readProfile(new TextEncoder().encode(text), 'update').findings.filter(({ severity }) => severity === 'fail');
const failsOf = (text: string): readonly string[] => failuresOf(text).map(({ rule }) => rule);

/** Whether a listed limit explains that the schema accepts it; for L010, only the listed part. */
const excused = ({ rule, message }: ProfileFinding): boolean =>
  limited.has(rule) && (rule !== 'L010' || message.includes('are the same zone'));

/**
 * The disagreement of schema and validator about a file; undefined if they agree, or if a limit of the schema explains
 * it.
 */
function disagreement(text: string): string | undefined {
  const value = parseJson(text);
  if (value === undefined) return undefined;
  const fails = failuresOf(text);
  const taken = validate(value);
  if (fails.length === 0)
    return taken ? undefined : `only the schema refuses it: ${JSON.stringify(validate.errors?.at(0))}`;
  const unexcused = fails.filter((finding) => !excused(finding)).map(({ message }) => message);
  return taken && unexcused.length > 0 ? `only the validator refuses it: ${unexcused.join(' ')}` : undefined;
}

describe.skipIf(!present)(`the schema on the Azure CLI's own test files${skipped}`, () => {
  test.each(present ? readdirSync(files) : [])('agrees with the validator on %s', (name) => {
    const text = readFileSync(files + name, 'utf8');
    expect(disagreement(text)).toBeUndefined();
    expect(validate(parseJson(text))).toBe(failsOf(text).length === 0);
  });
});

describe('the schema on files that are not in the az test data', () => {
  const zones = (kube: JsonValue): string =>
    JSON.stringify({ mode: 'Required', kubeDNSOverrides: { '.': {}, 'cluster.local': {}, ...(kube as JsonObject) } });
  const vnet = (settings: JsonValue): string => zones(settings).replace('kubeDNSOverrides', 'vnetDNSOverrides');

  test.each([
    ['{"mode":"Required"}', true],
    ['{"mode":"Required","$schema":"x","state":{}}', true],
    [JSON.stringify(documentedDefault()), true],
    ['{"mode":"Required","localDNSProfile":{}}', false],
    [zones({ 'example.com': { serve_stale: 'Disabled', max_concurrent: 0 } }), true],
    [zones({ 'example.com': { serveStale: 'Verify', serve_stale: 'Verify' } }), false],
    [zones({ 'cluster.local': { serveStale: 'Verify' } }), false],
    [zones({ 'cluster.local': { serveStale: 'Verify', protocol: 'PreferUDP' } }), true],
    [zones({ 'svc.cluster.local': { serve_stale: 'Verify' } }), true],
    [zones({ '.': { serve_stale: 'Verify', protocol: 'ForceTCP' } }), false],
    [zones({ 'x.cluster.local': { forwardDestination: 'VnetDNS' } }), false],
    [zones({ 'mycluster.local': { forward_destination: 'VnetDNS' } }), false],
    [vnet({ 'example.com': { forwardDestination: 'ClusterCoreDNS' } }), false],
    [vnet({ 'Cluster.Local.com': {} }), true],
    [zones({ '10.0.0.1': {} }), false],
    [zones({ 'health-check.localdns.local.': {} }), false],
    [zones({ 'Health-Check.LocalDNS.local.': {} }), true],
    [zones({ 'a b': {} }), false],
    [zones({ [`${'a'.repeat(64)}.b`]: {} }), false],
    [zones({ ['a.'.repeat(127)]: {} }), true],
    [zones({ [`${'a.'.repeat(127)}b`]: {} }), false],
    [zones(Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`z${String(index)}`, {}]))), false],
    [zones({ '.': { cacheDurationInSeconds: 0 } }), false],
    [zones({ '.': { maxConcurrent: 2_147_483_648 } }), false],
    ['{"mode":"Required","KUBEDNSoverrides":{".":{"maxConcurrent":1e3},"cluster.local":{}}}', true],
    ['{"mode":"Required","KUBEDNSoverrides":{".":{"maxConcurrent":1.5},"cluster.local":{}}}', false],
  ])('%.90s: %s', (text, good) => {
    expect({ schema: validate(parseJson(text)), validator: failsOf(text).length === 0 }).toEqual({
      schema: good,
      validator: good,
    });
  });
});

const anyValue = fc.oneof(
  fc.constantFrom<JsonValue>(
    null,
    true,
    0,
    1,
    -1,
    1.5,
    3600,
    '3600',
    2_147_483_648,
    1e300,
    [],
    {},
    'Disabled',
    'disable',
    'Verify',
    'ForceTCP',
    'PreferUDP',
    'VnetDNS',
    'ClusterCoreDNS',
    'Required',
    'Immediate',
  ),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>,
);
const anyKey = fc.oneof(
  fc.constantFrom(
    'mode',
    'Mode',
    'state',
    '$schema',
    'kubeDNSOverrides',
    'KubeDnsOverrides',
    'vnetdnsoverrides',
    'localDNSProfile',
    'properties',
    '__proto__',
    'constructor',
  ),
  fc.constantFrom(
    '.',
    'cluster.local',
    'cluster.local.',
    'Cluster.local',
    'svc.cluster.local',
    'xcluster.local',
    'example.com',
    'Example.com.',
    'a_b.c',
    '_a.b',
    '10.1.2.3',
    '1.2.3.4.',
    'a..b',
    '',
    '*.a',
    'a:53',
    'health-check.localdns.local',
  ),
  fc.constantFrom(
    'serveStale',
    'serve_stale',
    'protocol',
    'forwardDestination',
    'forward_destination',
    'maxConcurrent',
    'max_concurrent',
    'cacheDurationInSeconds',
    'queryLogging',
    'querylogging',
  ),
  fc.string({ unit: 'binary', maxLength: 5 }),
);
const goodSettings = fc.record(
  {
    protocol: fc.constantFrom(...overrideEnums.protocol),
    forwardDestination: fc.constantFrom(...overrideEnums.forwardDestination),
    serveStale: fc.constantFrom(...overrideEnums.serveStale, 'Disabled'),
    serve_stale: fc.constantFrom(...overrideEnums.serveStale),
    maxConcurrent: fc.integer({ min: -1, max: 5000 }),
    cache_duration_in_seconds: fc.integer({ min: 0, max: 5000 }),
  },
  { requiredKeys: [] },
);
const zoneKeys = fc.constantFrom(
  'example.com',
  'svc.cluster.local',
  'Cluster.local',
  'mycluster.local',
  'a_b.c',
  'constructor',
);
const map = fc
  .tuple(goodSettings, goodSettings, fc.dictionary(zoneKeys, goodSettings, { maxKeys: 3 }))
  .map(([root, cluster, own]) => ({ ...own, '.': root, 'cluster.local': cluster }));
const profile = fc.record(
  { mode: fc.constantFrom('Required', 'Preferred', 'Disabled'), vnetDNSOverrides: map, kubeDNSOverrides: map },
  { requiredKeys: ['mode'] },
);

interface Mutation {
  readonly path: readonly number[];
  readonly key: string;
  readonly value: JsonValue;
  readonly kind: 'set' | 'add' | 'remove' | 'rename';
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  path: fc.array(fc.nat(9), { maxLength: 3 }),
  key: anyKey,
  value: anyValue,
  kind: fc.constantFrom('set', 'add', 'remove', 'rename'),
});

/** The value with one changed member at any depth. */
function mutated(value: JsonValue, { path, key, value: other, kind }: Mutation): JsonValue {
  const [step, ...rest] = path;
  if (!isJsonObject(value)) return other;
  const entries = Object.entries(value);
  if (kind === 'add' && rest.length === 0) return Object.fromEntries([...entries, [key, other]]);
  const at = step === undefined || entries.length === 0 ? undefined : step % entries.length;
  if (at === undefined) return value;
  return Object.fromEntries(
    entries.flatMap(([name, member], index): readonly (readonly [string, JsonValue])[] => {
      if (index !== at) return [[name, member ?? null]];
      if (rest.length > 0 && isJsonObject(member))
        return [[name, mutated(member, { path: rest, key, value: other, kind })]];
      if (kind === 'remove') return [];
      return kind === 'rename' ? [[key, member ?? null]] : [[name, other]];
    }),
  );
}

describe('the schema and the validator', () => {
  test('agree on generated profiles', () => {
    fc.assert(
      fc.property(profile, (value) => {
        expect(disagreement(JSON.stringify(value))).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  test('agree on mutations of them', () => {
    fc.assert(
      fc.property(profile, fc.array(mutation, { minLength: 1, maxLength: 3 }), (value, mutations) => {
        let result: JsonValue = value;
        for (const change of mutations) result = mutated(result, change);
        expect(disagreement(JSON.stringify(result))).toBeUndefined();
      }),
      { numRuns: 3000 },
    );
  });

  test('agree on any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(disagreement(JSON.stringify(value))).toBeUndefined();
      }),
    );
  });
});

describe('a limit of the schema', () => {
  const cases: Readonly<Record<string, string>> = {
    R005: `{"mode":"Required","state":${'['.repeat(40)}${']'.repeat(40)}}`,
    R006: '{"mode":"Required","kubeDNSOverrides":{".":{},"cluster.local":{}},"KubeDNSOverrides":{".":{},"cluster.local":{}}}',
    L010: '{"mode":"Required","kubeDNSOverrides":{".":{},"cluster.local":{},"a.b":{},"a.b.":{}}}',
  };

  test('is listed with its reason and is a rule', () => {
    expect(schemaLimits.map(({ rule }) => rule)).toEqual([...limited]);
    for (const { rule, why } of schemaLimits) {
      expect(allRules.map(({ id }) => id)).toContain(rule);
      expect(why).toMatch(/\w+ \w+/);
    }
  });

  test.each(Object.entries(cases))('%s: the schema accepts what the validator rejects', (rule, text) => {
    expect(limited).toContain(rule);
    expect(failsOf(text)).toContain(rule);
    expect(validate(parseJson(text))).toBe(true);
  });

  test('does not affect any other rule', () => {
    const said = allRules.filter(({ id, severity }) => severity === 'fail' && !whole.has(id)).map(({ id }) => id);
    expect(said).toEqual([
      'L001',
      'L002',
      'L003',
      'L004',
      'L005',
      'L006',
      'L007',
      'L008',
      'L009',
      'L010',
      'L011',
      'R004',
      'R005',
      'R006',
      'R007',
      'R009',
    ]);
  });
});
