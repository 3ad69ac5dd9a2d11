import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { own, parseJson } from '../../src/core/json.ts';
import { effectiveCorefile, renderCorefile } from '../../src/domain/localdns/render/index.ts';
import type { RenderOptions } from '../../src/domain/localdns/render/corefile.ts';
import { overrideMaps, type EffectiveProfile } from '../../src/model/profile.ts';

const folder = fileURLToPath(new URL('../../../shared/reference/corefile/', import.meta.url));
const present = existsSync(folder);
const skipped = present ? '' : ` (skipped: there is no reference data at ${folder})`;

interface Vector {
  /** Set if it differs from the name of the vector. */
  readonly input?: string;
  readonly options?: RenderOptions;
  readonly vnetDnsServers?: readonly string[];
  /** The upstream constant has no final newline, and upstream compares without white space. */
  readonly lacksFinalNewline?: true;
}

const upstreamTests: RenderOptions = { hostsPlugin: true };

/** How each vector was made. */
const vectors: Readonly<Record<string, Vector>> = {
  'ab-anc-01-vnet3-kube1': { options: upstreamTests, lacksFinalNewline: true },
  'ab-baker-00-no-overrides': {},
  'ab-baker-01-vnet3-kube1': { options: upstreamTests },
  'ab-baker-02-vnet3-kube3': { options: upstreamTests },
  'derived-10-msdoc-default-base': { input: 'msdoc-default' },
  'derived-11-msdoc-default-hosts': { input: 'msdoc-default', options: { hostsPlugin: true } },
  'derived-12-msdoc-default-before-prefer_udp': { input: 'msdoc-default', options: { template: 'pre-2026-08' } },
  'derived-13-msdoc-default-custom-coredns-ip': {
    input: 'msdoc-default',
    options: { coreDnsServiceIp: '10.100.0.10' },
  },
  'derived-14-msdoc-default-custom-vnet-dns': { input: 'msdoc-default', vnetDnsServers: ['10.1.0.4', '10.1.0.5'] },
};

/** As in the file; null maps are empty. */
function profileOf(name: string): EffectiveProfile {
  const input = parseJson(readFileSync(`${folder}${name}.input.json`, 'utf8'));
  const maps = Object.fromEntries(overrideMaps.map((map) => [map, own(input, map) ?? {}]));
  return { mode: 'Required', ...maps } as unknown as EffectiveProfile;
}

describe.skipIf(!present)(`the Corefiles of the upstream template${skipped}`, () => {
  test.each(Object.entries(vectors))(
    '%s comes out byte for byte',
    (name, { input, options, vnetDnsServers, lacksFinalNewline }) => {
      const rendered = renderCorefile(profileOf(input ?? name), { template: '2026-08', ...options });
      const effective = effectiveCorefile(rendered, vnetDnsServers ?? []);
      const wanted = readFileSync(`${folder}${name}.corefile`, 'utf8');
      expect(effective).toBe(lacksFinalNewline === true ? `${wanted}\n` : wanted);
    },
  );

  test('are all covered', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.corefile'));
    expect(files.map((file) => file.replace('.corefile', '')).sort()).toEqual(Object.keys(vectors).sort());
  });
});
