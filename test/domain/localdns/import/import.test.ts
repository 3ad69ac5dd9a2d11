import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../../src/core/errors.ts';
import type { JsonObject } from '../../../../src/core/json.ts';
import { parseYaml } from '../../../../src/core/yaml.ts';
import { exportForms, exportProfile } from '../../../../src/domain/localdns/export/index.ts';
import { importProfile } from '../../../../src/domain/localdns/import/index.ts';
import { foreignForm } from '../../../../src/domain/localdns/import/form.ts';
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

describe('an exported profile', () => {
  test.each(exportForms)('%s is imported unchanged', (form) => {
    fc.assert(
      fc.property(arbitraryProfile(), (profile) => {
        expect(take(exportProfile(profile, form))).toEqual(profileForRequest(profile));
      }),
      { numRuns: 40 },
    );
  });

  test.each(['arm', 'bicep', 'terraform'] as const)('%s is imported with newer settings', (form) => {
    expect(take(exportProfile(watched, form))).toEqual(profileForRequest(watched));
  });

  test.each(exportForms.filter((form) => form !== 'aksnodeclass'))(
    '%s with only a mode is imported as only a mode',
    (form) => {
      expect(take(exportProfile({ mode: 'Disabled' }, form))).toEqual({ mode: 'Disabled' });
    },
  );
});

describe('a handwritten profile', () => {
  const sent = profileForRequest(effectiveProfile(documentedDefault(), undefined));

  test('can be Terraform with comments, commas, colons and jsonencode', () => {
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
    ['a variable', 'mode = var.mode', "'var.mode' is not a literal value"],
    ['a function', 'mode = lower("x")', 'is not a literal value'],
    ['a template', 'mode = "${var.x}"', 'this string contains an expression'],
    ['a conditional', 'mode = true ? "a" : "b"', 'this value is an expression'],
    ['a repeated key', 'mode = "a"\n mode = "b"', 'is repeated here'],
    ['a list', 'zones = []', 'is not a literal value'],
    ['an unclosed string', 'mode = "a', 'is not closed on its line'],
  ])('with %s is rejected in one line with the position', (_, entry, why) => {
    const text = `resource "x" "y" {\n  localDNSProfile = {\n    ${entry}\n  }\n}\n`;
    expect(() => take(text)).toThrow(UsageError);
    expect(() => take(text)).toThrow(why);
    expect(() => take(text)).toThrow(/^in, line \d+: [^\n]+\.$/);
  });

  test('can be JSON of az or ARM, one pool or a list, selected by the name of the pool', () => {
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
    expect(() => take(both)).toThrow('found 2 different profiles');
    expect(() => take(both, 'c')).toThrow("no profile found for 'c'");
    const template = { resources: [{ name: 'c/b', properties: { localDNSProfile: { mode: "[parameters('m')]" } } }] };
    expect(() => take(JSON.stringify(template))).toThrow('an ARM template expression');
    expect(() => take('{"properties":{}}')).toThrow('no LocalDNS profile found');
  });

  test('can be a profile itself, which is returned without read-only members', () => {
    expect(take(JSON.stringify({ ...sent, state: 'Enabled' }))).toEqual(sent);
    expect(take('{"mode":"Required"}')).toEqual({ mode: 'Required' });
  });
});

test('the format of a file is recognized', () => {
  const forms = exportForms.map((form) => foreignForm(exportProfile({ mode: 'Required' }, form)));
  expect(forms).toEqual([
    'an Azure resource in JSON',
    'Bicep',
    'Terraform (HCL)',
    'a Kubernetes manifest',
    'an AKSNodeClass',
  ]);
  expect(foreignForm(JSON.stringify(documentedDefault()))).toBeUndefined();
  expect(foreignForm('')).toBeUndefined();
});
