import * as hcl from 'hcl2-parser';
import { parse } from 'yaml';
import {
  asArray,
  asNumber,
  asString,
  at,
  isJsonObject,
  own,
  parseJson,
  without,
  type JsonObject,
  type JsonValue,
} from '../../../../src/core/json.ts';
import type { ExportForm } from '../../../../src/domain/localdns/export/index.ts';
import { bicepReader } from './bicep-reader.ts';

export type ParseBack = (text: string) => JsonValue | undefined;

const readBicep = await bicepReader();

/** Reads each format with a separate parser, and returns the profile in it in the form of ARM. */
export const parseBack: Readonly<Record<ExportForm, ParseBack>> = {
  arm: (text) => unbracketed(at(parseJson(text), 'properties', 'localDNSProfile')),
  bicep: (text) => at(readBicep(text).find(({ name }) => name === 'nodePool')?.body, 'properties', 'localDNSProfile'),
  terraform: (text) => at(terraformResource(text), 'body', 'properties', 'localDNSProfile'),
  aso: (text) => at(parse(text), 'spec', 'localDNSProfile'),
  aksnodeclass: (text) => profileOfNodeClass(at(parse(text), 'spec', 'localDNS')),
};

export { readBicep };

export function terraformResource(text: string): JsonObject {
  // The parser has no types, and also exports its functions on the default export of the module.
  const parser = ('default' in hcl ? hcl.default : hcl) as {
    readonly parseToObject: (text: string) => readonly [JsonValue | undefined, unknown];
  };
  const [document, problem] = parser.parseToObject(text);
  const resources = at(document, 'resource', 'azapi_update_resource');
  const [found] = isJsonObject(resources) ? Object.values(resources) : [];
  const [resource] = asArray(found);
  if (problem !== null || !isJsonObject(resource)) throw new Error(`Not HCL: ${JSON.stringify(problem)}`);
  return resource;
}

function unbracketed(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value === 'string') return value.replace(/^\[\[/, '[');
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unbracketed(member) ?? null]));
}

function profileOfNodeClass(value: JsonValue | undefined): JsonValue {
  const map = (name: string): JsonObject =>
    Object.fromEntries(
      asArray(own(value, name)).map((entry) => {
        if (!isJsonObject(entry)) throw new Error('Not a zone.');
        const settings = without(entry, ['zone', 'cacheDuration', 'serveStaleDuration']);
        return [
          asString(own(entry, 'zone')) ?? '',
          {
            ...settings,
            cacheDurationInSeconds: goSeconds(own(entry, 'cacheDuration')),
            serveStaleDurationInSeconds: goSeconds(own(entry, 'serveStaleDuration')),
          },
        ];
      }),
    );
  return {
    mode: asString(own(value, 'mode')) ?? '',
    vnetDNSOverrides: map('vnetDNSOverrides'),
    kubeDNSOverrides: map('kubeDNSOverrides'),
  };
}

/** Matches the pattern of the CRD. */
function goSeconds(duration: unknown): number {
  const text = asString(duration) ?? '';
  if (!/^(?:[0-9]+[smh])+$/.test(text)) throw new Error(`Not a duration: ${text}`);
  const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };
  return [...text.matchAll(/([0-9]+)([smh])/g)].reduce(
    (sum, [, amount, unit]) => sum + (asNumber(Number(amount)) ?? 0) * (units[unit ?? ''] ?? 0),
    0,
  );
}
