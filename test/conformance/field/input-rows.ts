import { expect } from 'vitest';
import { addressOf } from '../../../src/core/address.ts';
import { parseJson, type JsonValue } from '../../../src/core/json.ts';
import { parseYaml } from '../../../src/core/yaml.ts';
import { importProfile } from '../../../src/domain/localdns/import/index.ts';
import { foreignForm } from '../../../src/domain/localdns/import/form.ts';
import { parseFacts } from '../../../src/domain/localdns/lint/index.ts';
import { readResourceIds } from '../../../src/usecases/scope/resource-ids.ts';
import { checkClusters, readFacts } from '../../../src/usecases/check/index.ts';
import { apiVersion, wire } from '../../simulator/client.ts';
import { fieldBytes, fieldText } from './files.ts';
import type { FieldRow } from './row.ts';

const loaded = (name: string) => wire({ load: parseJson(fieldText(name)) as JsonValue });

async function* lines(name: string): AsyncGenerator<string> {
  yield* fieldText(name).split('\n');
}

/** The clusters of a file, as in a report. */
async function judged(name: string): Promise<readonly string[]> {
  const report = await checkClusters(await readFacts(name, lines(name)), { ruleset: 'ga' }, () => undefined);
  return [...new Set(report.pools.map(({ cluster }) => cluster))];
}

/** Inputs from the field. */
export const inputRows: readonly FieldRow[] = [
  {
    id: 'f24',
    files: ['f24-az-aks-show.json'],
    shows: 'the output of az aks show is read as facts, IDs and resources',
    prove: async () => {
      const name = 'f24-az-aks-show.json';
      expect(await judged(name)).toEqual(['aks-a']);
      const [named] = readResourceIds(fieldBytes(name), name);
      expect(named).toMatchObject({ resourceGroup: 'rg-a', cluster: 'aks-a', pools: undefined });
      const id = `/subscriptions/${named?.subscriptionId ?? ''}/resourceGroups/rg-a/providers/Microsoft.ContainerService/managedClusters/aks-a`;
      expect(await loaded(name).get(`${id}/agentPools/nodepool1?api-version=${apiVersion}`)).toMatchObject({
        status: 200,
        body: { properties: { osSKU: 'Ubuntu', enableFIPS: false } },
      });
    },
  },
  {
    id: 'f25',
    files: ['f25-sizes-not-listed.json'],
    shows: 'current VM sizes are listed',
    prove: async () => {
      const name = 'f25-sizes-not-listed.json';
      expect(await judged(name)).toEqual(['aks-amd']);
      const skus = await loaded(name).get(
        "/subscriptions/0a000000-0000-4000-8000-000000000001/providers/Microsoft.Compute/skus?api-version=2021-07-01&$filter=location eq 'westeurope'",
      );
      for (const size of ['D4as_v5', 'D4ps_v5', 'DC4as_v5', 'ND96isr_H100_v5'])
        expect(skus.text).toContain(`"Standard_${size}"`);
    },
  },
  {
    id: 'f28',
    files: [],
    shows: 'IDs in quotes from jq are read, and an address is distinguished from a name',
    prove: () => {
      const id =
        '/subscriptions/0a000000-0000-4000-8000-000000000001/resourceGroups/rg-a/providers/Microsoft.ContainerService/managedClusters';
      const quoted = new TextEncoder().encode(`"${id}/aks-a"\n"${id}/aks-b"\n`);
      expect(readResourceIds(quoted, 'ids').map(({ cluster }) => cluster)).toEqual(['aks-a', 'aks-b']);
      for (const word of ['https://corp.example.com/x', 'corp.example.com:443', 'corp.example.com/x'])
        expect(addressOf(word)?.host).toBe('corp.example.com');
    },
  },
  {
    id: 'f30',
    files: ['f30-aksnodeclass.yaml'],
    shows: 'an AKSNodeClass is recognized and imported',
    prove: () => {
      const text = fieldText('f30-aksnodeclass.yaml');
      expect(foreignForm(text)).toBe('an AKSNodeClass');
      expect(importProfile(text, { name: 'f30', readYaml: parseYaml })).toEqual({
        mode: 'Required',
        vnetDNSOverrides: { '.': { forwardDestination: 'VnetDNS', cacheDurationInSeconds: 30 } },
      });
    },
  },
  {
    id: 'f31',
    files: ['f31-coredns-custom.yaml'],
    shows: 'a coredns-custom ConfigMap is read as facts',
    prove: () => {
      expect(parseFacts(fieldBytes('f31-coredns-custom.yaml'), '--facts', parseYaml)).toEqual({
        coreDnsCustomDomains: ['corp.contoso.com', 'db.internal'],
      });
    },
  },
];
