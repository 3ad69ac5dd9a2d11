import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { exitCodes } from '../../src/core/exit-codes.ts';
import { environmentVariables } from '../../src/cli/environment.ts';
import { signInMethods } from '../../src/model/sign-in.ts';
import { page, programLines, requireCommandLine } from './support.ts';

const files = ['pipelines/github-actions.yml', 'pipelines/azure-pipelines.yml'];

/** Every text in a document, without keys. */
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

  test('checks every subscription, writes each published form, and compares reports', () => {
    expect(lines.map((line) => line.split(' ').slice(1, 3).join(' '))).toEqual(['check --all-subscriptions', 'report diff']);
    expect([...(lines[0] ?? '').matchAll(/--report ([a-z-]+)=/g)].map(([, form]) => form)).toEqual(['json', 'html', 'junit', 'github-summary']);
  });

  test('has valid command lines', async () => {
    for (const line of lines) await expect(requireCommandLine(line), line).resolves.toBeUndefined();
  });

  test('distinguishes only existing exit codes', () => {
    const told = [...text.matchAll(/^ +(\d+)\)/gm)].map(([, code]) => Number(code));
    expect(told).toEqual([0, 10, 11]);
    expect(told.every((code) => exitCodes.some((record) => record.code === code))).toBe(true);
  });

  test('sets known variables to valid values', () => {
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

  test('may write only the test results', () => {
    expect(parseYaml(text)).toMatchObject({ permissions: { contents: 'read', 'id-token': 'write', actions: 'read', checks: 'write' } });
  });
});

/**
 * Runs a script as the system does, in its own folder, with a program that ends with `code` instead of ours.
 */
function bash(script: string, code: number, env: Readonly<Record<string, string>> = {}): { readonly status: number | null; readonly stdout: string; readonly output: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipelines-'));
  try {
    const program = path.join(folder, 'aks-localdns');
    writeFileSync(program, `#!/bin/sh\nexit ${String(code)}\n`);
    chmodSync(program, 0o755);
    const output = path.join(folder, 'output');
    writeFileSync(output, '');
    const paths = { PATH: `${folder}${path.delimiter}${process.env['PATH'] ?? ''}`, GITHUB_OUTPUT: output, REPORT: path.join(folder, 'report') };
    const { status, stdout } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], { cwd: folder, encoding: 'utf8', env: { ...process.env, ...paths, CODE: String(code), ...env } });
    return { status, stdout, output: readFileSync(output, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function scriptWith(file: string, words: string): string {
  const found = texts(parseYaml(page(file))).find((text) => text.includes('\n') && text.includes(words));
  if (found === undefined) throw new Error(`No script of ${file} has '${words}'.`);
  return found;
}

describe.skipIf(spawnSync('bash', ['--version']).status !== 0)('the scripts, run by bash', () => {
  const [github = '', azure = ''] = files;

  test.each([0, 10, 11, 4])('write the report first if the check ends with %d', (code) => {
    expect(bash(scriptWith(github, 'check --all'), code)).toMatchObject({ status: 0, output: `code=${String(code)}\n` });
    expect(bash(scriptWith(azure, 'check --all'), code)).toMatchObject({ status: 0, stdout: `##vso[task.setvariable variable=code]${String(code)}\n` });
  });

  test.each([
    [0, 0, 0], [10, 10, 10], [11, 11, 0], [4, 4, 1], [130, 130, 1],
  ])('explain %d at the end', (code, onGithub, onAzure) => {
    const [first, second] = [bash(scriptWith(github, 'case "$CODE"'), code), bash(scriptWith(azure, 'case "$CODE"'), code)];
    expect([first.status, second.status]).toEqual([onGithub, onAzure]);
    expect(first.stdout.startsWith('::error')).toBe(code !== 0);
    expect(second.stdout.includes('SucceededWithIssues')).toBe(code === 11);
  });

  test('fail on Azure Pipelines if the check did not run and left no exit code', () => {
    expect(bash(scriptWith(azure, 'case "$CODE"'), 0, { CODE: '$(code)' }).status).toBe(1);
  });
});
