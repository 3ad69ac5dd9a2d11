import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { exitCodes } from '../../src/core/exit-codes.ts';
import { environmentVariables } from '../../src/cli/environment.ts';
import { signInMethods } from '../../src/adapters/azure/index.ts';
import { page, programLines, requireCommandLine } from './support.ts';

const files = ['pipelines/github-actions.yml', 'pipelines/azure-pipelines.yml'];

/** Every text in a document, keys aside. */
function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((member) => texts(member));
}

/** `name: value` of every `env` and of Azure Pipelines' `variables`. */
function settings(value: unknown): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  const entry = value as Readonly<Record<string, unknown>>;
  const own = Object.entries(entry['env'] ?? {}).map(([name, set]) => [name, String(set)] as const);
  const variable = typeof entry['name'] === 'string' && 'value' in entry ? [[entry['name'], String(entry['value'])] as const] : [];
  return [...own, ...variable, ...Object.values(entry).flatMap((member) => settings(member))];
}

describe.each(files)('%s', (file) => {
  const text = page(file);
  const scripts = texts(parseYaml(text)).filter((script) => script.includes('aks-localdns '));
  const lines = scripts.flatMap((script) => programLines(script));

  test('checks every subscription, writes each form that is published, and compares', () => {
    expect(lines.map((line) => line.split(' ').slice(1, 3).join(' '))).toEqual(['check --all-subscriptions', 'report diff']);
    expect([...(lines[0] ?? '').matchAll(/--report ([a-z-]+)=/g)].map(([, form]) => form)).toEqual(['json', 'html', 'junit', 'github-summary']);
  });

  test('shows command lines that the program takes', async () => {
    for (const line of lines) await expect(requireCommandLine(line), line).resolves.toBeUndefined();
  });

  test('tells exit codes apart that the program has', () => {
    const told = [...text.matchAll(/^ +(\d+)\)/gm)].map(([, code]) => Number(code));
    expect(told).toEqual([0, 10, 11]);
    expect(told.every((code) => exitCodes.some((record) => record.code === code))).toBe(true);
  });

  test('sets variables that the program reads, to values that it takes', () => {
    const ours = settings(parseYaml(text)).filter(([name]) => /^(?:AKS_LOCALDNS|AZURE|SYSTEM)_/.test(name));
    const known = new Set(environmentVariables.map(({ name }) => name));
    expect(ours.map(([name]) => name).filter((name) => !known.has(name))).toEqual([]);
    expect(signInMethods).toContain(ours.find(([name]) => name === 'AKS_LOCALDNS_SIGN_IN')?.[1]);
    expect(['preview', 'ga']).toContain(ours.find(([name]) => name === 'AKS_LOCALDNS_RULESET')?.[1]);
  });

  test('stores no secret', () => {
    expect(text).not.toMatch(/secrets\.|CLIENT_SECRET|password/i);
  });
});

describe('the workflow of GitHub Actions', () => {
  const text = page('pipelines/github-actions.yml');

  test('names a version of every action', () => {
    const uses = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action ?? '');
    expect(uses.length).toBeGreaterThan(2);
    expect(uses.filter((action) => !/^[\w-]+\/[\w-]+@v\d+$/.test(action))).toEqual([]);
  });

  test('may write nothing but the test results', () => {
    expect(parseYaml(text)).toMatchObject({ permissions: { contents: 'read', 'id-token': 'write', actions: 'read', checks: 'write' } });
  });
});
