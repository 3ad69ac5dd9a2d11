import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../../src/core/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../../src/core/json.ts';
import { blocksIn } from '../../../../src/domain/localdns/import/block.ts';
import { parseBack } from '../export/parse-back.ts';

/*
 * Our reader of literal objects beside the parsers of the two languages: HashiCorp's own for Terraform, the grammar that
 * editors use for Bicep.
 */

interface Style {
  readonly separator: string;
  readonly between: string;
  readonly comment: string;
  readonly indent: string;
  readonly quotesKeys: boolean;
}

const words = fc.oneof(
  fc.constantFrom(
    'Required',
    '.',
    'cluster.local',
    '${x}',
    '%{ if x }',
    '$${x}',
    '$',
    '%',
    "it's",
    '"',
    '\\n',
    '# no',
    '//',
    '}',
    'ä',
    '😀',
  ),
  fc
    .string({ unit: 'binary', maxLength: 6 })
    .map((text) => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]/gu, '')),
);
const keys = fc.oneof(
  fc.constantFrom('mode', 'vnetDNSOverrides', 'a_b', 'x1'),
  words.filter((key) => key !== ''),
);

const objects: fc.Arbitrary<JsonObject> = fc.letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, words, fc.integer({ min: -1000, max: 2_147_483_647 }), fc.boolean(), tie('object')),
  object: fc
    .uniqueArray(fc.tuple(keys, tie('value')), { maxLength: 4, selector: ([key]) => key })
    .map((entries) => Object.fromEntries(entries)),
})).object;

const isWord = (key: string): boolean => /^[A-Za-z_]\w*$/.test(key) && !['null', 'true', 'false', 'for'].includes(key);

/** `$` and `%` begin a template only before a brace. */
function hclText(text: string): string {
  const escaped = text
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t')
    .replace(/([$%])\{/g, '$1$1{');
  return `"${escaped}"`;
}

function bicepText(text: string): string {
  const escaped = text
    .replace(/\\/g, '\\\\')
    .replace(/'/g, "\\'")
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t')
    .replace(/\$\{/g, '\\${');
  return `'${escaped}'`;
}

function written(value: JsonValue, text: (plain: string) => string, style: Style, depth = 1): string {
  if (typeof value === 'string') return text(value);
  if (!isJsonObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const pad = style.indent.repeat(depth);
  const lines = entries.map(
    ([key, member]) =>
      `${pad}${isWord(key) && !style.quotesKeys ? key : text(key)}${style.separator}${written(member ?? null, text, style, depth + 1)}`,
  );
  const end = style.between === ',' ? '' : style.comment;
  return `{${style.comment}\n${lines.join(`${style.between}${end}\n`)}${end}\n${style.indent.repeat(depth - 1)}}`;
}

const style = (separators: readonly string[], comments: readonly string[]): fc.Arbitrary<Style> =>
  fc.record({
    separator: fc.constantFrom(...separators),
    between: fc.constantFrom('', ','),
    comment: fc.constantFrom('', ...comments),
    indent: fc.constantFrom('  ', '\t'),
    quotesKeys: fc.boolean(),
  });

describe('an object of literal values', () => {
  test('in Terraform is what its own parser makes of it', () => {
    fc.assert(
      fc.property(objects, style([' = ', '=', ' : '], [' # }', ' // {', ' /* = */']), (object, how) => {
        const text = `resource "azapi_update_resource" "x" {\n  body = {\n    properties = {\n      localDNSProfile = ${written(object, hclText, how)}\n    }\n  }\n}\n`;
        const [found] = blocksIn(text, 'main.tf');
        expect(found).toEqual(parseBack.terraform(text));
      }),
      { numRuns: 150 },
    );
  });

  test('in Bicep is what its grammar makes of it', () => {
    fc.assert(
      fc.property(objects, style([': ', ':'], [' // {', ' /* : */']), (object, how) => {
        const text = `resource nodePool 'Microsoft.ContainerService/managedClusters/agentPools@2025-09-01' = {\n  properties: {\n    localDNSProfile: ${written(object, bicepText, { ...how, between: '' })}\n  }\n}\n`;
        const [found] = blocksIn(text, 'main.bicep');
        expect(found).toEqual(object);
        // To the grammar, a comment may begin inside a text.
        fc.pre(!/\/[/*]/.test(JSON.stringify(object)));
        expect(found).toEqual(parseBack.bicep(text));
      }),
      { numRuns: 150 },
    );
  });

  test('of any other text is refused as wrong usage, or read, and ends', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '=',
      ':',
      '"',
      "'",
      "'''",
      '<<EOT',
      '\n',
      ',',
      'a',
      '1',
      '${',
      '\\u{',
      '/*',
      '#',
      '[',
      '(',
      'localDNSProfile = {',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        let outcome: unknown;
        try {
          outcome = blocksIn(`localDNSProfile = {${parts.join(' ')}`, 'x');
        } catch (error) {
          outcome = error;
        }
        expect(Array.isArray(outcome) || outcome instanceof UsageError).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
