import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../../src/core/errors.ts';
import type { JsonObject } from '../../../../src/core/json.ts';
import { parseYaml } from '../../../../src/core/yaml.ts';
import { exportForms, exportProfile } from '../../../../src/domain/localdns/export/index.ts';
import { foreignForm, importProfile } from '../../../../src/domain/localdns/import/index.ts';
import { documentedDefault, effectiveProfile, profileForRequest } from '../../../../src/domain/localdns/index.ts';
import { arbitraryProfile } from '../../../support/arbitrary-profile.ts';

const take = (text: string, pool?: string): JsonObject =>
  importProfile(text, { name: 'in', pool, readYaml: parseYaml });

const watched = {
  mode: 'Required',
  vnetDNSOverrides: {
    '.': { failfastAllUnhealthyUpstreams: true, healthCheck: { duration: '1s', noRecursion: true } },
    'cluster.local': {},
  },
} as const;

describe('what export writes', () => {
  test.each(exportForms)('%s comes back as it was', (form) => {
    fc.assert(
      fc.property(arbitraryProfile(), (profile) => {
        expect(take(exportProfile(profile, form))).toEqual(profileForRequest(profile));
      }),
      { numRuns: 40 },
    );
  });

  test.each(['arm', 'bicep', 'terraform'] as const)('%s comes back with newer settings', (form) => {
    expect(take(exportProfile(watched, form))).toEqual(profileForRequest(watched));
  });

  test.each(exportForms.filter((form) => form !== 'aksnodeclass'))('%s of a mode alone is a mode alone', (form) => {
    expect(take(exportProfile({ mode: 'Disabled' }, form))).toEqual({ mode: 'Disabled' });
  });
});

describe('what people write', () => {
  const sent = profileForRequest(effectiveProfile(documentedDefault(), undefined));

  test('in Terraform: comments, commas, colons, jsonencode', () => {
    const text = `resource "azapi_resource" "p" {
  # localDNSProfile = { mode = "Disabled" }
  body = jsonencode({ properties = { localDNSProfile = { mode : "Required", /* x */ vnetDNSOverrides = {
    "." = { maxConcurrent = 1e3, serve_stale = "Verify" } // here
    "cluster.local" = {} } } } })
}`;
    expect(take(text)).toEqual({
      mode: 'Required',
      vnetDNSOverrides: { '.': { maxConcurrent: 1000, serveStale: 'Verify' }, 'cluster.local': {} },
    });
  });

  test.each([
    ['a variable', 'mode = var.mode', "'var.mode' is no literal value"],
    ['a function', 'mode = lower("x")', 'is no literal value'],
    ['a template', 'mode = "${var.x}"', 'this text has an expression in it'],
    ['a conditional', 'mode = true ? "a" : "b"', 'this value is an expression'],
    ['a key twice', 'mode = "a"\n mode = "b"', 'a second time'],
    ['a list', 'zones = []', 'is no literal value'],
    ['no end', 'mode = "a', 'does not end on its line'],
  ])('%s is refused in one line with its place', (_, entry, why) => {
    const text = `resource "x" "y" {\n  localDNSProfile = {\n    ${entry}\n  }\n}\n`;
    expect(() => take(text)).toThrow(UsageError);
    expect(() => take(text)).toThrow(why);
    expect(() => take(text)).toThrow(/^in, line \d+: [^\n]+\.$/);
  });

  test('in JSON of az and of ARM, one pool or a list, by the name of the pool', () => {
    const az = {
      name: 'a',
      localDnsProfile: {
        mode: 'Required',
        state: 'Enabled',
        kubeDnsOverrides: sent['kubeDNSOverrides'],
        vnetDnsOverrides: null,
      },
    };
    const wanted = { mode: 'Required', kubeDNSOverrides: sent['kubeDNSOverrides'] };
    expect(take(JSON.stringify(az))).toEqual(wanted);
    const arm = { id: '/x/a', name: 'b', properties: { localDNSProfile: { mode: 'Disabled' } } };
    const both = JSON.stringify([az, arm]);
    expect(take(both, 'b')).toEqual({ mode: 'Disabled' });
    expect(() => take(both)).toThrow('2 profiles that differ');
    expect(() => take(both, 'c')).toThrow("no profile of 'c'");
    const template = { resources: [{ name: 'c/b', properties: { localDNSProfile: { mode: "[parameters('m')]" } } }] };
    expect(() => take(JSON.stringify(template))).toThrow('expression of an ARM template');
    expect(() => take('{"properties":{}}')).toThrow('no LocalDNS profile was found');
  });

  test('a profile itself comes back as it is, without what is read-only', () => {
    expect(take(JSON.stringify({ ...sent, state: 'Enabled' }))).toEqual(sent);
    expect(take('{"mode":"Required"}')).toEqual({ mode: 'Required' });
  });
});

test('what a file is can be told by a look', () => {
  const forms = exportForms.map((form) => foreignForm(exportProfile({ mode: 'Required' }, form)));
  expect(forms).toEqual([
    'a resource of Azure in JSON',
    'Bicep',
    'Terraform (HCL)',
    'a Kubernetes manifest',
    'an AKSNodeClass',
  ]);
  expect(foreignForm(JSON.stringify(documentedDefault()))).toBeUndefined();
  expect(foreignForm('')).toBeUndefined();
});
