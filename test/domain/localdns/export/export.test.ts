import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { apiVersions, oldestContainerService } from '../../../../src/model/api-versions.ts';
import { at, own, parseJson } from '../../../../src/core/json.ts';
import { exportForms, exportProfile } from '../../../../src/domain/localdns/export/index.ts';
import { documentedDefault, effectiveProfile, profileForRequest } from '../../../../src/domain/localdns/index.ts';
import { localDnsModes, overrideEnums, type LocalDnsProfile } from '../../../../src/model/profile.ts';
import { parseBack, readBicep, terraformResource } from './parse-back.ts';

const settings = fc.record(
  {
    queryLogging: fc.constantFrom(...overrideEnums.queryLogging),
    forwardPolicy: fc.constantFrom(...overrideEnums.forwardPolicy),
    maxConcurrent: fc.nat(),
    cacheDurationInSeconds: fc.integer({ min: 1, max: 2_147_483_647 }),
    serveStaleDurationInSeconds: fc.nat(),
    serveStale: fc.constantFrom('Immediate' as const, 'Disable' as const),
  },
  { requiredKeys: [] },
);
/** Names that YAML 1.1 would misread, keywords of the languages, and ordinary names. */
const zone = fc.oneof(
  fc.constantFrom(
    'no',
    'y',
    'on',
    'null',
    'true',
    '1e3',
    '0x1f',
    '10',
    '1_0',
    'for',
    'if',
    'var',
    'constructor',
    'Example.com',
    'example.org.',
    'a_b.c',
    'privatelink.blob.core.windows.net',
  ),
  fc.stringMatching(/^[a-z][a-z0-9]{0,8}\.[a-z]{2,4}$/),
);
const map = fc
  .tuple(settings, settings, fc.dictionary(zone, settings, { maxKeys: 4 }))
  .map(([root, cluster, own]) => ({ ...own, '.': root, 'cluster.local': cluster }));
const profile: fc.Arbitrary<LocalDnsProfile> = fc.record(
  { mode: fc.constantFrom(...localDnsModes), vnetDNSOverrides: map, kubeDNSOverrides: map },
  { requiredKeys: ['mode'] },
);

/** Strings with a special meaning in one of the languages, as if the validator had accepted them. */
const hostile = fc.oneof(
  fc.constantFrom(
    '${x}',
    '%{x}',
    '$${x}',
    '%%{x}',
    '$',
    '${',
    "'",
    '"',
    '\\',
    "\\'",
    '\\${',
    '[resourceGroup()]',
    '[[',
    '# x',
    '// x',
    '/* x',
    'a: b',
    '- a',
    '&a',
    '*a',
    '!a',
    '\n',
    '\r\n',
    '\t',
    '\u0085',
    '\u2028',
    '',
    ' ',
    "''' x",
    '<<EOT',
    '~',
    '{}',
    '}',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.string({ unit: 'binary-ascii', maxLength: 6 }),
);

describe.each(exportForms)('%s', (form) => {
  test('is parsed back to the same profile', () => {
    fc.assert(
      fc.property(profile, (value) => {
        fc.pre(form !== 'aksnodeclass' || noCollision(value));
        const expected = form === 'aksnodeclass' ? effectiveProfile(value, undefined) : profileForRequest(value);
        expect(parseBack[form](exportProfile(value, form))).toEqual(expected);
      }),
    );
  });

  test('ends with one line end and has no trailing white space', () => {
    const text = exportProfile(documentedDefault(), form);
    expect(text).toMatch(/[^\n]\n$/);
    expect(text).not.toMatch(/[ \t]\n|\t/);
  });

  test('has the given names, and an API version that supports the profile', () => {
    const text = exportProfile(documentedDefault(), form, { cluster: 'Prod_1', pool: 'userpool' });
    expect(text).toContain('userpool');
    const version = { aso: apiVersions.containerService.replaceAll('-', ''), aksnodeclass: 'v1beta1' };
    expect(text).toContain(
      {
        arm: apiVersions.containerService,
        bicep: apiVersions.containerService,
        terraform: oldestContainerService,
        ...version,
      }[form],
    );
  });
});

/**
 * HCL itself composes characters (NFC); and the grammar of Bicep for editors takes two slashes inside a text for a
 * comment.
 */
function beyondParser(form: string, text: string): boolean {
  return (form === 'terraform' && text !== text.normalize('NFC')) || (form === 'bicep' && text.includes('//'));
}

describe.each(exportForms.filter((form) => form !== 'aksnodeclass'))(
  '%s, for a string with a special meaning',
  (form) => {
    test('keeps it a string, as a key and as a value', () => {
      fc.assert(
        fc.property(hostile, hostile, (name, word) => {
          fc.pre(name !== '__proto__' && !beyondParser(form, name + word));
          const value = {
            mode: word,
            kubeDNSOverrides: { [name]: { serveStale: word } },
          } as unknown as LocalDnsProfile;
          expect(parseBack[form](exportProfile(value, form))).toEqual(profileForRequest(value));
        }),
        { numRuns: 300 },
      );
    });
  },
);

describe('the resource around the profile', () => {
  const names = { cluster: 'Prod_1', pool: 'userpool' };

  test('is a node pool of the cluster in ARM and Bicep', () => {
    const resource = parseJson(exportProfile(documentedDefault(), 'arm', names));
    expect(resource).toMatchObject({
      type: 'Microsoft.ContainerService/managedClusters/agentPools',
      apiVersion: '2026-03-01',
      name: 'Prod_1/userpool',
    });
    const [cluster, pool] = readBicep(exportProfile(documentedDefault(), 'bicep', names));
    expect(cluster).toEqual({
      name: 'cluster',
      type: 'Microsoft.ContainerService/managedClusters@2026-03-01',
      existing: true,
      body: { name: 'Prod_1' },
    });
    expect(pool).toMatchObject({
      type: 'Microsoft.ContainerService/managedClusters/agentPools@2026-03-01',
      existing: false,
      body: { parent: { identifier: 'cluster' }, name: 'userpool' },
    });
  });

  test('is an update of only the pool in Terraform', () => {
    const resource = terraformResource(exportProfile(documentedDefault(), 'terraform', names));
    expect(resource).toMatchObject({
      type: 'Microsoft.ContainerService/managedClusters/agentPools@2025-09-01',
      resource_id: '${var.node_pool_id}',
    });
  });

  test('is a node pool of Azure Service Operator with valid Kubernetes names', () => {
    expect(parse(exportProfile(documentedDefault(), 'aso', names))).toMatchObject({
      apiVersion: 'containerservice.azure.com/v20260301',
      kind: 'ManagedClustersAgentPool',
      metadata: { name: 'prod-1-userpool' },
      spec: { azureName: 'userpool', owner: { name: 'prod-1' } },
    });
  });

  test.each(['aso', 'aksnodeclass'] as const)(
    '%s has the same meaning for a YAML 1.1 parser, which Kubernetes tools use',
    (form) => {
      const zones = { '.': {}, 'cluster.local': {}, no: {}, y: {}, '1_0': {}, '012': {} };
      const text = exportProfile({ mode: 'Required', vnetDNSOverrides: zones, kubeDNSOverrides: zones }, form, {
        pool: 'on',
      });
      expect(parse(text, { version: '1.1' })).toEqual(parse(text));
    },
  );
});

describe('an AKSNodeClass', () => {
  const nodeClass = (value: LocalDnsProfile): unknown =>
    parse(exportProfile(value, 'aksnodeclass', { pool: 'default' }));

  test('has lists of zones and Go durations', () => {
    const zones = {
      '.': { cacheDurationInSeconds: 5400, serveStaleDurationInSeconds: 0 },
      'cluster.local': { cacheDurationInSeconds: 3661, serveStaleDurationInSeconds: 60 },
    };
    const found = nodeClass({ mode: 'Required', vnetDNSOverrides: zones });
    expect(found).toMatchObject({
      apiVersion: 'karpenter.azure.com/v1beta1',
      kind: 'AKSNodeClass',
      metadata: { name: 'default' },
    });
    expect(at(found, 'spec', 'localDNS', 'vnetDNSOverrides')).toMatchObject([
      { zone: '.', cacheDuration: '1h30m', serveStaleDuration: '0s' },
      { zone: 'cluster.local', cacheDuration: '1h1m1s', serveStaleDuration: '1m' },
    ]);
    expect(at(found, 'spec', 'localDNS', 'kubeDNSOverrides')).toHaveLength(2);
    expect(Object.keys(own(found, 'spec') as object)).toEqual(['localDNS']);
  });

  const good = { '.': {}, 'cluster.local': {} };
  test.each<[string, LocalDnsProfile]>([
    ['L004', { mode: 'Required', kubeDNSOverrides: { '.': {} } }],
    ['L005', { mode: 'Required', vnetDNSOverrides: { ...good, '.': { forwardDestination: 'ClusterCoreDNS' } } }],
    ['L006', { mode: 'Disabled', vnetDNSOverrides: { ...good, 'a.b': { forwardDestination: 'ClusterCoreDNS' } } }],
    [
      'L007',
      { mode: 'Required', kubeDNSOverrides: { ...good, 'my-cluster.local': { forwardDestination: 'VnetDNS' } } },
    ],
    ['L008', { mode: 'Required', kubeDNSOverrides: { ...good, '.': { protocol: 'ForceTCP', serveStale: 'Verify' } } }],
    ['L009', { mode: 'Required', kubeDNSOverrides: { ...good, '.': { maxConcurrent: -1 } } }],
    ['L011', { mode: 'Required', kubeDNSOverrides: { ...good, '-a.b': {} } }],
    [
      'L011',
      {
        mode: 'Required',
        kubeDNSOverrides: {
          ...good,
          ...Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`z${String(index)}`, {}])),
        },
      },
    ],
    ['L001', { mode: 'Sometimes' as 'Required' }],
  ])('is rejected with %s, like by its CRD', (rule, value) => {
    expect(() => nodeClass(value)).toThrow(
      expect.objectContaining({
        code: 'export-refused',
        exit: 'findings',
        hints: expect.arrayContaining([expect.stringMatching(new RegExp(`^${rule} `))]),
      }),
    );
  });
});

function noCollision(value: LocalDnsProfile): boolean {
  return [value.vnetDNSOverrides, value.kubeDNSOverrides].every((zones) => {
    const names = Object.keys(zones ?? {}).map((name) => name.toLowerCase().replace(/\.$/, ''));
    return new Set(names).size === names.length;
  });
}
