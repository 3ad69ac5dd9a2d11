import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { asArray, asString, own, parseJson, type JsonValue } from '../../src/core/json.ts';
import { poolPath, required, update, wire, type Answer } from '../simulator/client.ts';

const folder = new URL('../../../shared/reference/azure-cli/', import.meta.url);
const outcomes = new URL('expected-outcomes.json', folder);

interface Case {
  readonly file: string;
  readonly op: string;
  readonly outcome: string;
  readonly target: string | undefined;
  readonly message: string;
  readonly profile: JsonValue | undefined;
}

/** The existing inputs with an outcome that depends on the service. */
function cases(): readonly Case[] {
  if (!existsSync(outcomes)) return [];
  return asArray(own(parseJson(readFileSync(outcomes, 'utf8')), 'cases')).flatMap((entry) => {
    const file = asString(own(entry, 'file')) ?? '';
    const path = new URL(`localdnsconfig/${file}`, folder);
    if (!existsSync(path) || own(entry, 'by') === 'client') return [];
    return [
      {
        file,
        op: asString(own(entry, 'op')) ?? '',
        outcome: asString(own(entry, 'outcome')) ?? '',
        target: asString(own(entry, 'target')),
        message: asString(own(entry, 'message')) ?? asString(own(entry, 'message_contains')) ?? '',
        profile: parseJson(readFileSync(path, 'utf8')),
      },
    ];
  });
}

/** az matches the names of both maps case-insensitively, and drops unknown keys. */
function asAzSends(profile: JsonValue | undefined): JsonValue {
  const names = ['mode', 'vnetDNSOverrides', 'kubeDNSOverrides'];
  const settings = new Set([
    'queryLogging',
    'protocol',
    'forwardDestination',
    'forwardPolicy',
    'maxConcurrent',
    'cacheDurationInSeconds',
    'serveStaleDurationInSeconds',
    'serveStale',
  ]);
  const known = (zone: unknown): JsonValue =>
    Object.fromEntries(Object.entries(zone as object).filter(([key]) => settings.has(key))) as JsonValue;
  const kept = Object.entries(profile as object).flatMap(([key, value]: [string, unknown]) => {
    const name = names.find((one) => one.toLowerCase() === key.toLowerCase());
    if (name === undefined) return [];
    const zones = (): JsonValue =>
      Object.fromEntries(
        Object.entries(value as object)
          .filter(([, zone]) => typeof zone === 'object')
          .map(([zone, inner]) => [zone, known(inner)]),
      );
    return [[name, name === 'mode' ? (value as JsonValue) : zones()] as const];
  });
  return Object.fromEntries(kept);
}

async function send(one: Case): Promise<readonly Answer[]> {
  const localDNSProfile = asAzSends(one.profile);
  const answers: Answer[] = [];
  if (one.op.startsWith('add'))
    answers.push(
      await wire().send('PUT', poolPath('fresh'), {
        body: { properties: { count: 1, mode: 'User', localDNSProfile } },
      }),
    );
  if (one.op.includes('update')) {
    const on = wire();
    await update(on, 'userpool', required);
    on.advance(3600);
    answers.push(await update(on, 'userpool', { localDNSProfile }));
  }
  return answers;
}

describe.skipIf(cases().length === 0)('the LocalDNS files of the Azure CLI, sent to the simulator', () => {
  test.each(cases().map((one) => [`${one.file} (${one.op}): ${one.outcome}`, one] as const))('%s', async (_, one) => {
    const answers = await send(one);
    expect(answers.length).toBeGreaterThan(0);
    for (const answer of answers) {
      const refused = {
        status: answer.status,
        code: answer.body['code'],
        target: one.target === undefined ? undefined : answer.body['target'],
      };
      const accepted = one.outcome === 'accepted';
      expect(accepted ? answer.status < 300 : refused).toEqual(
        accepted ? true : { status: 400, code: 'InvalidParameter', target: one.target },
      );
      expect(answer.text.replaceAll('\\"', '"')).toContain(one.message);
    }
  });
});
