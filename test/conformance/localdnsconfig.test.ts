import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  asArray,
  asString,
  at,
  isJsonObject,
  own,
  parseJson,
  type JsonObject,
  type JsonValue,
} from '../../src/core/json.ts';
import {
  documentedDefault,
  effectiveProfile,
  profileForRequest,
  profileFromStored,
  readProfile,
  sameProfile,
} from '../../src/domain/localdns/index.ts';
import { differences } from './differences.ts';

type Purpose = 'add' | 'update';

const reference = fileURLToPath(new URL('../../../shared/reference/', import.meta.url));
const files = `${reference}azure-cli/localdnsconfig/`;
const present = existsSync(files);
const skipped = present ? '' : ` (skipped: there is no reference data at ${reference})`;

/** Cases whose file is described but not among the data. */
const described: Readonly<Record<string, string>> = { 'empty.json': '{}', 'null_config.json': 'null' };

function json(path: string): JsonValue | undefined {
  return parseJson(readFileSync(`${reference}${path}`, 'utf8'));
}

function contentOf(name: string): Uint8Array | undefined {
  const text = described[name];
  if (text !== undefined) return new TextEncoder().encode(text);
  return existsSync(files + name) ? readFileSync(files + name) : undefined;
}

interface Case {
  readonly name: string;
  readonly purpose: Purpose;
  readonly accepted: boolean;
  readonly content: Uint8Array;
}

function cases(): readonly Case[] {
  return asArray(own(json('azure-cli/expected-outcomes.json'), 'cases')).flatMap((entry) => {
    const name = (asString(own(entry, 'file')) ?? '').split(' ')[0] ?? '';
    const outcome = own(entry, 'outcome');
    const content = contentOf(name);
    if (content === undefined || (outcome !== 'accepted' && outcome !== 'rejected')) return [];
    const purposes = (asString(own(entry, 'op')) ?? '')
      .split(/[+ ]/)
      .filter((word): word is Purpose => word === 'add' || word === 'update');
    return purposes.map((purpose) => ({ name, purpose, accepted: outcome === 'accepted', content }));
  });
}

const differs = (what: string): boolean =>
  differences.some((difference) => difference.area === 'localdnsconfig' && difference.what === what);

describe.skipIf(!present)(`the Azure CLI's own test files${skipped}`, () => {
  const all = present ? cases() : [];

  test.each(all)(
    '$name on $purpose has the outcome that it has with az, or a listed difference',
    ({ name, purpose, accepted, content }) => {
      const { profile, findings } = readProfile(content, purpose);
      const messages = findings.map(({ message }) => message);
      expect({ accepted: profile !== undefined, messages }).toEqual({
        accepted: accepted !== differs(`${name} on ${purpose}`),
        messages,
      });
    },
  );

  test('are all covered, and every listed difference occurs', () => {
    const names = new Set(all.map(({ name }) => name));
    expect(readdirSync(files).filter((name) => !names.has(name))).toEqual([]);
    const whats = new Set(all.map(({ name, purpose }) => `${name} on ${purpose}`));
    expect(differences.filter(({ area, what }) => area === 'localdnsconfig' && !whats.has(what))).toEqual([]);
  });

  test('with two misspelled maps is read with a warning that names the documented spelling', () => {
    const { findings } = readProfile(readFileSync(`${files}localdnsconfig.json`), 'add');
    expect(findings.map(({ rule, severity, instead }) => [rule, severity, instead])).toEqual([
      ['R008', 'warn', 'kubeDNSOverrides'],
      ['R008', 'warn', 'vnetDNSOverrides'],
    ]);
  });
});

interface Put {
  readonly recording: string;
  readonly status: unknown;
  readonly sent: JsonObject;
  readonly answered: JsonValue | undefined;
}

/** Every recorded PUT of a pool with a profile. */
function puts(): readonly Put[] {
  const folder = 'azure-cli/recordings/';
  return readdirSync(reference + folder).flatMap((recording) =>
    readFileSync(`${reference}${folder}${recording}`, 'utf8')
      .split('\n')
      .map((line) => parseJson(line))
      .flatMap((exchange) => {
        const sent = at(exchange, 'requestBody', 'properties', 'localDNSProfile');
        if (own(exchange, 'method') !== 'PUT' || !isJsonObject(sent)) return [];
        return [
          {
            recording,
            status: own(exchange, 'status'),
            sent,
            answered: at(exchange, 'responseBody', 'properties', 'localDNSProfile'),
          },
        ];
      }),
  );
}

/** Which file a recorded PUT sent. */
const sentFile: Readonly<Record<string, string>> = {
  'nodepool-add-with-localdns-config.jsonl': 'localdnsconfig.json',
  'nodepool-update-with-localdns-config.jsonl': 'localdnsconfig.json',
  'nodepool-add-with-localdns-required-mode-empty-overrides.jsonl': 'required_mode_empty_overrides.json',
};

describe.skipIf(!present)(`the recorded requests${skipped}`, () => {
  const all = present ? puts() : [];

  test('exist, each with its file', () => {
    expect(all.map(({ recording }) => recording).sort()).toEqual(Object.keys(sentFile).sort());
  });

  test.each(all)(
    '$recording: our body and our prediction of the stored profile match the recording',
    ({ recording, status, sent, answered }) => {
      const purpose = recording.includes('-add-') ? 'add' : 'update';
      const { profile } = readProfile(readFileSync(files + (sentFile[recording] ?? '')), purpose);
      expect(profile === undefined).toBe(status === 400);
      expect(profile === undefined ? sent : profileForRequest(profile)).toEqual(sent);
      const stored = isJsonObject(answered) ? effectiveProfile(profileFromStored(answered), undefined) : undefined;
      expect(
        profile === undefined || (stored !== undefined && sameProfile(effectiveProfile(profile, undefined), stored)),
      ).toBe(true);
    },
  );
});

describe.skipIf(!present)(`the documented default${skipped}`, () => {
  test('matches the guide, field by field', () => {
    expect(documentedDefault()).toEqual(json('corefile/msdoc-default.input.json'));
  });
});
