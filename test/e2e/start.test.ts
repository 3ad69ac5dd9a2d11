import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/index.ts';
import { userpool, value, withAzure, type Ran } from '../support/e2e.ts';

const names = commands.map((command) => command.path.join(' '));

/** An environment in which no access to Azure works. */
const broken = {
  AKS_LOCALDNS_ARM_ENDPOINT: 'not a URL',
  AKS_LOCALDNS_CA_FILE: '/nowhere/ca.pem',
  AKS_LOCALDNS_SIGN_IN: 'nonsense',
  AZURE_CLOUD_NAME: 'NoSuchCloud',
  AZURE_CONFIG_DIR: '/dev/null',
  HTTPS_PROXY: 'http://127.0.0.1:1',
  IDENTITY_ENDPOINT: undefined,
};

/** Refused before any request to Azure; the first line is the error, and others may advise. */
function refused(ran: Ran, words: readonly string[], lines = Number.POSITIVE_INFINITY): void {
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr.trimEnd().split('\n').length, ran.stderr).toBeLessThanOrEqual(lines);
  expect(ran.stderr).toMatch(/^ERROR: /);
  for (const word of words) expect(ran.stderr).toContain(word);
}

describe('help and version', () => {
  test.concurrent(
    'the help lists every group and command, with exit codes, on standard output',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['--help'], { env: broken });
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      for (const word of new Set(names.map((name) => name.split(' ')[0] ?? '')))
        expect(ran.stdout).toMatch(new RegExp(`^ +${word} `, 'm'));
      expect(azure.seen).toEqual([]);
    }),
  );

  test.concurrent(
    'every command has help with options and examples, even in a broken environment',
    withAzure({}, async (azure) => {
      for (const command of commands) {
        const ran = await azure.run([...command.path, '--help'], { env: broken });
        expect(ran, command.path.join(' ')).toMatchObject({ code: 0, stderr: '' });
        for (const example of command.examples) expect(ran.stdout).toContain(example.command);
        for (const option of Object.keys(command.options)) expect(ran.stdout).toContain(`--${option}`);
      }
      expect(azure.seen).toEqual([]);
    }),
  );

  test.concurrent(
    'the version is one line',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['--version'], { env: broken });
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      expect(ran.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    }),
  );

  test.concurrent(
    'a group without a verb lists its verbs, and is an error',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['nodepool'], { env: broken });
      expect(ran).toMatchObject({ code: 2, stdout: '' });
      for (const verb of ['list', 'show', 'add', 'update', 'enable', 'disable', 'upgrade', 'wait', 'operation-abort'])
        expect(ran.stderr).toContain(verb);
    }),
  );

  test.concurrent(
    'commands that do not need Azure work without it',
    withAzure({}, async (azure) => {
      const env = { ...broken, AZURE_CLOUD_NAME: undefined };
      const list = await azure.run(['check', 'list', '--query', '[].id', '-o', 'tsv'], { env });
      expect(list).toMatchObject({ code: 0, stderr: '' });
      expect(list.stdout.split('\n')).toEqual(
        expect.arrayContaining(['vm-vcpus', 'os-sku', 'kubernetes-version', 'feature-registered']),
      );
      const explained = await azure.run(['check', 'explain', 'vm-vcpus', '-o', 'table'], { env });
      expect(explained).toMatchObject({ code: 0, stderr: '' });
      for (const word of ['Since', 'Source', 'Fix', '--ignore vm-vcpus', 'https://'])
        expect(explained.stdout).toContain(word);
      expect(azure.seen).toEqual([]);
    }),
  );

  test.concurrent(
    'IDs of checks and rules are accepted in any case',
    withAzure({}, async (azure) => {
      for (const [group, id] of [
        [['check'], 'VM-vCPUs'],
        [['config', 'rules'], 'l040'],
      ] as const) {
        const all = value(await azure.run([...group, 'list'])) as unknown as readonly { readonly id: string }[];
        const own = all.find((each) => each.id.toLowerCase() === id.toLowerCase())?.id ?? 'none';
        expect(own).not.toBe(id);
        const [asked, spelt] = [
          await azure.run([...group, 'explain', id]),
          await azure.run([...group, 'explain', own]),
        ];
        expect(asked.code, asked.stderr).toBe(0);
        expect(value(asked)).toEqual(value(spelt));
      }
      const words = ['--only', 'VM-VCPUS', '--ignore', 'Os-Sku', '-o', 'json'];
      const ran = await azure.run(['check', ...userpool, ...words]);
      expect(value(ran)).toMatchObject({ only: ['vm-vcpus'], rows: [{ id: 'vm-vcpus' }], ignored: [{ id: 'os-sku' }] });
    }),
  );

  test.concurrent(
    'version prints the version and the API version',
    withAzure({}, async (azure) => {
      const { version: own } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
        readonly version: string;
      };
      const ran = await azure.run(['version'], { env: broken });
      expect(value(ran)).toEqual({
        'aks-localdns': own,
        'Microsoft.ContainerService': expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      });
      const alone = await azure.run(['version', '--query', '"aks-localdns"', '-o', 'tsv'], { env: broken });
      expect(alone).toMatchObject({ code: 0, stdout: `${own}\n`, stderr: '' });
      expect((await azure.run(['version', '-o', 'table'], { env: broken })).stdout).toMatch(
        /^Version +ContainerServiceApi/,
      );
      expect((await azure.run(['--version'])).stdout).toContain(own);
      expect(azure.seen).toEqual([]);
      // The API version of the request.
      await azure.run(['nodepool', 'show', ...userpool]);
      const spoken = azure.seen.find(({ path }) => path.includes('/agentPools/'))?.query.get('api-version');
      expect(value(ran)).toMatchObject({ 'Microsoft.ContainerService': spoken });
    }),
  );
});

describe('wrong usage ends with 2', () => {
  const cases: readonly (readonly [title: string, args: readonly string[], words: readonly string[]])[] = [
    ['an unknown command, with the nearest name', ['nodepol'], ['nodepol', 'nodepool']],
    ['an unknown verb, with the nearest name', ['nodepool', 'shwo'], ['shwo', 'show']],
    ['an unknown verb of a command that is a group too', ['check', 'lst'], ['lst', 'list']],
    [
      'an unknown option, with the nearest name',
      ['check', '-g', 'rg', '--cluster-nam', 'x'],
      ['--cluster-nam', '--cluster-name'],
    ],
    ['a missing argument, named', ['nodepool', 'show', '-g', 'rg-demo', '--cluster-name', 'aks-demo'], ['--name/-n']],
    ['all missing arguments at once', ['nodepool', 'show'], ['--resource-group/-g', '--cluster-name', '--name/-n']],
    ['a missing position', ['check', 'explain'], ['ID']],
    [
      'a repeated scalar',
      ['nodepool', 'show', '-g', 'one', '-g', 'two', '--cluster-name', 'c', '-n', 'p'],
      ['--resource-group/-g'],
    ],
    [
      'a value that is not a number',
      ['nodepool', 'add', '-g', 'g', '--cluster-name', 'c', '-n', 'p', '-c', 'three'],
      ['--node-count', 'three'],
    ],
    ['NaN', ['nodepool', 'add', '-g', 'g', '--cluster-name', 'c', '-n', 'p', '-c', 'NaN'], ['--node-count', 'NaN']],
    ['an option without its value', ['check', '-g', 'rg', '--cluster-name'], ['--cluster-name']],
    [
      'an invalid choice, with the valid ones',
      ['check', '-g', 'g', '--cluster-name', 'c', '--fail-on', 'wran'],
      ['--fail-on', 'warn'],
    ],
    ['an unknown output format', ['check', 'list', '-o', 'jsn'], ['jsn', 'json']],
    ['an invalid query', ['check', 'list', '--query', '[?'], ['--query']],
    ['an extra argument', ['nodepool', 'list', '-g', 'g', '--cluster-name', 'c', 'extra'], ['extra']],
  ];
  test.concurrent.each(cases)('%s, in one line', async (_title, args, words) => {
    await withAzure({}, async (azure) => {
      refused(await azure.run(args), words, 1);
      expect(azure.seen).toEqual([]);
    })();
  });

  const values: readonly (readonly [title: string, args: readonly string[], words: readonly string[]])[] = [
    [
      'a name that Azure cannot have',
      ['nodepool', 'show', '-g', 'g', '--cluster-name', 'c', '-n', 'Bad/Name'],
      ['--name/-n', 'Bad/Name'],
    ],
    [
      'an invalid duration',
      ['nodepool', 'wait', '-g', 'g', '--cluster-name', 'c', '-n', 'p', '--timeout', 'soon'],
      ['--timeout', 'soon'],
    ],
    ['an unknown check, with the nearest id', ['check', 'explain', 'vm-vcpu'], ['vm-vcpu', 'vm-vcpus']],
    ['an unknown scenario, with the nearest name', ['simulator', 'start', '--scenario', 'quotta'], ['quotta', 'quota']],
  ];
  test.concurrent.each(values)('%s', async (_title, args, words) => {
    await withAzure({}, async (azure) => {
      refused(await azure.run(args), words);
      expect(azure.seen).toEqual([]);
    })();
  });

  test.concurrent(
    'two wait conditions',
    withAzure({}, async (azure) => {
      const ran = await azure.run([
        'nodepool',
        'wait',
        '-g',
        'g',
        '--cluster-name',
        'c',
        '-n',
        'p',
        '--created',
        '--deleted',
      ]);
      refused(ran, ['--created', '--deleted']);
    }),
  );

  test.concurrent(
    'an upgrade of more than the node image',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['nodepool', 'upgrade', '-g', 'g', '--cluster-name', 'c', '-n', 'p']);
      expect(ran).toMatchObject({ code: 2, stdout: '' });
      expect(ran.stderr).toContain('--node-image-only');
      expect(azure.seen).toEqual([]);
    }),
  );

  test.concurrent(
    'an unknown cloud, with the nearest name',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['feature', 'show'], {
        env: { AZURE_CLOUD_NAME: 'AzureUSGovernmen', AKS_LOCALDNS_ARM_ENDPOINT: undefined },
      });
      expect(ran).toMatchObject({ code: 2, stdout: '' });
      expect(ran.stderr).toContain('AzureUSGovernment');
    }),
  );
});

describe('an error before any request to Azure', () => {
  test.concurrent(
    'not signed in ends with 4, the attempts and advice',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['feature', 'show'], {
        env: {
          IDENTITY_ENDPOINT: undefined,
          IDENTITY_HEADER: undefined,
          MSI_ENDPOINT: undefined,
          MSI_SECRET: undefined,
          AKS_LOCALDNS_SIGN_IN: 'env',
        },
      });
      expect(ran).toMatchObject({ code: 4, stdout: '' });
      expect(ran.stderr).toContain('Not signed in');
      expect(azure.seen).toEqual([]);
    }),
  );

  test.concurrent(
    'an endpoint that is not loopback is refused before a token is sent',
    withAzure({}, async (azure) => {
      for (const endpoint of ['https://management.example.com', 'http://127.0.0.1:1']) {
        const ran = await azure.run(['feature', 'show'], { env: { AKS_LOCALDNS_ARM_ENDPOINT: endpoint } });
        expect(ran.code, endpoint).toBe(2);
        expect(ran.stderr).toContain('AKS_LOCALDNS_ARM_ENDPOINT');
      }
      expect(azure.secrets.count, 'only the secret of the identity endpoint').toBe(1);
    }),
  );

  test.concurrent(
    'an untrusted certificate is refused',
    withAzure({}, async (azure) => {
      const ran = await azure.run(
        [
          'nodepool',
          'list',
          '-g',
          'g',
          '--cluster-name',
          'c',
          '--subscription',
          'c0ffee00-1000-4000-8000-000000000001',
        ],
        { env: { AKS_LOCALDNS_CA_FILE: undefined } },
      );
      expect(ran).toMatchObject({ code: 1, stdout: '' });
      expect(ran.stderr).toContain('certificate');
      expect(azure.seen).toEqual([]);
    }),
  );

  test.concurrent(
    'a missing file ends with 3',
    withAzure({}, async (azure) => {
      const ran = await azure.run([
        'nodepool',
        'update',
        '-g',
        'g',
        '--cluster-name',
        'c',
        '-n',
        'p',
        '--localdns-config',
        'nowhere.json',
      ]);
      expect(ran).toMatchObject({ code: 3, stdout: '' });
      expect(ran.stderr).toContain('nowhere.json');
      expect(azure.seen).toEqual([]);
    }),
  );
});
