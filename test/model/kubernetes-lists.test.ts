import { describe, expect, test } from 'vitest';
import { CliError } from '../../src/core/errors.ts';
import type { RunResult } from '../../src/core/ports.ts';
import type { Kubectl } from '../../src/model/kubernetes.ts';
import { listNodes } from '../../src/model/kubernetes-lists.ts';

interface Asked {
  readonly limit: number;
  readonly token: string | null;
}

function kubectlOf(answer: (asked: Asked) => Partial<RunResult>): { kubectl: Kubectl; asked: Asked[] } {
  const asked: Asked[] = [];
  const kubectl: Kubectl = {
    via: 'kubectl',
    pageSize: 4,
    run: async ([, , path = '']) => {
      const query = new URLSearchParams(path.split('?')[1]);
      const one = { limit: Number(query.get('limit')), token: query.get('continue') };
      asked.push(one);
      return Promise.resolve({ stdout: '', stderr: '', exitCode: 0, ...answer(one) });
    },
  };
  return { kubectl, asked };
}

function page(names: readonly string[], token = ''): Partial<RunResult> {
  const items = names.map((name) => ({ metadata: { name } }));
  return { stdout: JSON.stringify({ metadata: { continue: token }, items }) };
}

async function namesOf(kubectl: Kubectl): Promise<readonly string[]> {
  return (await listNodes(kubectl)).map(({ name }) => name);
}

describe('a list of the Kubernetes API', () => {
  test('is read to its last page', async () => {
    const { kubectl, asked } = kubectlOf(({ token }) => (token === null ? page(['a', 'b'], 't&=1') : page(['c'])));
    expect(await namesOf(kubectl)).toEqual(['a', 'b', 'c']);
    expect(asked.map(({ token }) => token)).toEqual([null, 't&=1']);
  });

  test('whose token expires is read again from the start', async () => {
    let failures = 0;
    const { kubectl } = kubectlOf(({ token }) => {
      if (token === null) return page(['a'], 't');
      failures += 1;
      return failures === 1
        ? { exitCode: 1, stderr: 'Error from server (Expired): The provided continue parameter is too old' }
        : page(['b']);
    });
    expect(await namesOf(kubectl)).toEqual(['a', 'b']);
  });

  test('is read in smaller pages if one is too much to print', async () => {
    const { kubectl, asked } = kubectlOf(({ limit, token }) => {
      if (limit > 1) throw new CliError({ code: 'program-output-too-large', message: 'x' });
      return token === null ? page(['a'], 't') : page(['b']);
    });
    expect(await namesOf(kubectl)).toEqual(['a', 'b']);
    expect(asked.map(({ limit }) => limit)).toEqual([4, 2, 1, 1]);
  });

  test.each([
    ['is not JSON', { stdout: 'hello' }],
    ['is no list', { stdout: '{"items":{}}' }],
    ['never ends', page([], 'again')],
    ['always expires', { exitCode: 1, stderr: 'Expired' }],
  ])('that %s is one clear error', async (_, answer) => {
    const { kubectl } = kubectlOf(({ token }) => (token === null && 'exitCode' in answer ? page(['a'], 't') : answer));
    await expect(namesOf(kubectl)).rejects.toMatchObject({ code: 'kubernetes-failed', exit: 'error' });
  });

  test('passes over what is no node', async () => {
    const { kubectl } = kubectlOf(() => ({
      stdout: '{"items":[null,1,{},{"metadata":{"name":""}},{"metadata":{"name":"a"}}]}',
    }));
    expect(await namesOf(kubectl)).toEqual(['a']);
  });
});
