import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportFormatNames } from '../../src/report/format.ts';
import { asArray, at, own } from '../../src/core/json.ts';
import { value, withAzure, type Rig } from '../support/e2e.ts';

const deployment = (namespace: string, name = 'web'): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec: { template: { metadata: { labels: { app: ${name} } } } }
`;

/** The policy of most clusters: DNS to CoreDNS only, which blocks LocalDNS. */
const coreDnsAlone = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: dns-alone, namespace: shop }
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to: [{ namespaceSelector: {}, podSelector: { matchLabels: { k8s-app: kube-dns } } }]
      ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }]
`;

const names = `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: partners, namespace: bank }
spec:
  endpointSelector: {}
  egress:
    - toEntities: [all]
      toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [{ matchPattern: "*" }] } }]
    - toFQDNs: [{ matchName: api.example.com }]
`;

function folder(rig: Rig, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(rig.directory, 'deploy', name)), { recursive: true });
    rig.file(`deploy/${name}`, text);
  }
  return 'deploy';
}

const shop = {
  'shop.yaml': `---\n# Source: shop\n---\n${deployment('shop')}---\n${coreDnsAlone}`,
  'blog/blog.json': JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'blog', namespace: 'blog' } }),
  'values.yaml': 'replicas: 3\n',
  'notes.txt': '{{ neither: [YAML\n',
  '.git/config.yaml': '{{ neither',
};

const deep = (engine: string, ...more: readonly string[]): readonly string[] => [
  'check',
  '--deep',
  '--network-policy',
  engine,
  ...more,
];

describe('check --deep --manifests', () => {
  test(
    'finds the namespace that will lose DNS, and writes a policy that fixes it, for each engine that filters',
    withAzure({}, async (rig) => {
      const manifests = folder(rig, shop);
      for (const [engine, ...version] of [
        ['calico'],
        ['cilium', '--cilium-version', '1.17.4'],
        ['cilium', '--kubernetes-version', '1.31'],
      ] as const) {
        const words = deep(engine, ...version, '--manifests', manifests);
        const file = `${engine}${version.join('')}.yaml`;
        const ran = await rig.run([...words, '--write-policies', file]);
        expect(ran.code, ran.stderr).toBe(10);
        expect(value(ran)).toMatchObject({
          networkPolicy: engine,
          namespaces: [
            { namespace: 'blog', reach: 'yes', workloads: 1, blocked: 0 },
            { namespace: 'shop', reach: 'no', workloads: 1, blocked: 1, blockedBy: ['dns-alone'] },
          ],
          rows: [
            { id: 'network-policy', target: 'blog', status: 'pass' },
            { id: 'network-policy', target: 'shop', status: 'fail', fix: `kubectl apply -f ${file}` },
          ],
          counts: { fail: 1, unknown: 0, warn: 0, pass: 1 },
        });
        expect(own(asArray(at(value(ran), 'namespaces'))[1], 'policiesToAdd')).toBe(
          readFileSync(path.join(rig.directory, file), 'utf8').replace(/^#.*\n/, ''),
        );
        const mended = await rig.run([...words, file]);
        expect(mended.code, mended.stdout).toBe(0);
      }
      expect(rig.seen).toEqual([]);
    }),
  );

  test(
    'names the engines that do not filter, and reports Cilium of an unknown version as unknown',
    withAzure({}, async (rig) => {
      const words = ['--manifests', folder(rig, shop)];
      for (const engine of ['none', 'azure']) expect((await rig.run([...deep(engine), ...words])).code).toBe(0);
      const ran = await rig.run([...deep('cilium'), ...words]);
      expect(ran.code).toBe(11);
      expect(asArray(at(value(ran), 'rows')).map((row) => at(row, 'status'))).toEqual(['pass', 'unknown']);
      expect(ran.stdout).toContain('--cilium-version');
    }),
  );

  test(
    'warns about policies that filter names; --fail-on and --ignore apply to the warning',
    withAzure({}, async (rig) => {
      const manifests = folder(rig, { 'bank.yaml': `${deployment('bank')}---\n${names}` });
      const words = deep('cilium', '--cilium-version', '1.17', '--manifests', manifests);
      const ran = await rig.run(words);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({
        rows: [
          { id: 'network-policy', status: 'pass' },
          { id: 'fqdn-policy', status: 'warn', target: 'bank', observed: 'partners' },
        ],
      });
      expect((await rig.run([...words, '--fail-on', 'warn'])).code).toBe(10);
      const ignored = await rig.run([...words, '--fail-on', 'warn', '--ignore', 'fqdn-policy']);
      expect(ignored.code).toBe(0);
      expect(value(ignored)).toMatchObject({ ignored: [{ id: 'fqdn-policy', rows: 1 }], counts: { warn: 0 } });
    }),
  );

  test(
    'reports policies without workloads as unknown',
    withAzure({}, async (rig) => {
      const ran = await rig.run(deep('calico', '--manifests', folder(rig, { 'p.yaml': coreDnsAlone })));
      expect(ran.code).toBe(11);
      expect(value(ran)).toMatchObject({ namespaces: [{ namespace: 'shop', reach: 'unknown', workloads: 0 }] });
    }),
  );

  test(
    'reads the output of kubectl and helm on standard input, including lists',
    withAzure({}, async (rig) => {
      const input = JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [
          { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'x' } },
          {
            apiVersion: 'networking.k8s.io/v1',
            kind: 'NetworkPolicy',
            metadata: { name: 'deny', namespace: 'x' },
            spec: { podSelector: {}, policyTypes: ['Egress'] },
          },
        ],
      });
      const ran = await rig.run(deep('calico', '--manifests', '-'), { input });
      expect(ran.code, ran.stderr).toBe(10);
      expect(value(ran)).toMatchObject({ scope: 'manifests standard input', namespaces: [{ blockedBy: ['deny'] }] });
    }),
  );

  test(
    'writes a report in every format',
    withAzure({}, async (rig) => {
      const words = deep('calico', '--manifests', folder(rig, shop));
      const files = reportFormatNames.map((format) => ['--report', `${format}=report.${format}`]).flat();
      for (let again = 0; again < 2; again += 1) expect((await rig.run([...words, ...files])).code).toBe(10);
      for (const format of reportFormatNames) {
        const text = readFileSync(path.join(rig.directory, `report.${format}`), 'utf8').replace(
          /<style>[\s\S]*<\/style>/,
          '',
        );
        expect(text).toContain('dns-alone');
        expect(text).not.toMatch(/undefined|\[object|NaN|eligib|prerequisite/i);
        if (format !== 'json' && format !== 'csv') expect(text).toContain('LocalDNS deep check');
        if (format === 'md') expect(text).toContain('2 workloads in 2 namespaces.');
        if (format === 'junit') expect(text).toContain('<testsuite name="LocalDNS deep check" tests="2" failures="1"');
      }
    }),
  );

  test(
    'reports what it cannot read in one line, with the right exit code',
    withAzure({}, async (rig) => {
      folder(rig, { 'chart/templates/web.yaml': 'kind: {{ .Values.kind }}\n', 'text/a.yaml': 'a: 1\n' });
      symlinkSync('loop.yaml', path.join(rig.directory, 'loop.yaml'));
      mkdirSync(path.join(rig.directory, 'loops'));
      symlinkSync('b.yaml', path.join(rig.directory, 'loops/b.yaml'));
      symlinkSync('.', path.join(rig.directory, 'loops/self'));
      rig.file('latin.yaml', new Uint8Array([0x61, 0x3a, 0x20, 0xe9]));
      rig.file('deep.json', `${'['.repeat(50_000)}${']'.repeat(50_000)}`);
      rig.file('deep.yaml', '['.repeat(5000));
      rig.file('alias.yaml', 'a: &a [1]\nb: *a\n');
      rig.file('large.json', new Uint8Array(65 * 1_048_576));
      const cases: readonly (readonly [file: string, code: number, message: string])[] = [
        ['absent', 3, 'absent does not exist.'],
        ['deploy/chart', 2, 'deploy/chart/templates/web.yaml, line 1, column'],
        ['deploy/text', 2, '--manifests: no Kubernetes resource in deploy/text.'],
        ['loop.yaml', 1, 'loop.yaml could not be read: its symbolic links form a loop.'],
        ['loops', 1, 'loops/b.yaml could not be read: its symbolic links form a loop.'],
        ['latin.yaml', 2, 'latin.yaml is not UTF-8 text.'],
        ['deep.json', 2, 'deep.json is nested too deeply.'],
        ['deep.yaml', 2, 'deep.yaml is nested too deeply.'],
        ['alias.yaml', 2, 'alias.yaml, line 2, column 4: Aliases are not supported'],
        ['large.json', 1, 'large.json is larger than 67108864 bytes.'],
        ['/dev/zero', 1, '/dev/zero is larger than 67108864 bytes.'],
        ['/dev/null', 2, '--manifests: no Kubernetes resource in /dev/null.'],
      ];
      for (const [file, code, message] of cases) {
        const ran = await rig.run(deep('calico', '--manifests', file));
        expect(ran, file).toMatchObject({ code, stdout: '' });
        expect(ran.stderr.split('\n')[0], file).toContain(message);
      }
    }),
  );

  test(
    'skips pipes in a directory, and reads a directory with a link to itself only once',
    withAzure({}, async (rig) => {
      const manifests = folder(rig, shop);
      execFileSync('mkfifo', [path.join(rig.directory, 'deploy/pipe.yaml')]);
      symlinkSync('.', path.join(rig.directory, 'deploy/self'));
      const ran = await rig.run(deep('calico', '--manifests', manifests, manifests));
      expect(value(ran)).toMatchObject({ namespaces: [{ workloads: 1 }, { workloads: 1 }] });
    }),
  );

  test(
    'rejects conflicting options before anything is read',
    withAzure({}, async (rig) => {
      const cases: readonly (readonly [words: readonly string[], message: string])[] = [
        [['check', '--manifests', 'x'], '--manifests requires --deep.'],
        [['check', '--write-policies', 'x'], '--write-policies requires --deep.'],
        [['check', '--deep'], '--deep requires --manifests DIR|FILE.'],
        [['check', '--deep', '--manifests', 'x'], '--manifests requires --network-policy'],
        [deep('calico', '--manifests', 'x', '-g', 'rg'), '--resource-group: not allowed with --manifests'],
        [deep('calico', '--manifests', 'x', '--capacity'), '--capacity: not allowed with --manifests'],
        [deep('calico', '--manifests', 'x', '--cilium-version', '1.17'), '--cilium-version requires --network-policy'],
        [deep('cilium', '--manifests', 'x', '--cilium-version', 'new'), "--cilium-version: 'new' is not a version"],
        [deep('cilium', '--manifests', 'x', '--kubernetes-version', 'new'), "--kubernetes-version: 'new' is not a"],
        [deep('calico', '--manifests', 'x', '--ignore', 'vm-vcpus'), "--ignore: --deep has no check 'vm-vcpus'"],
        [deep('calico', '--manifests', 'x', '--write-policies', '-'), '--write-policies: this output cannot be'],
      ];
      for (const [words, message] of cases) {
        const ran = await rig.run(words);
        expect(ran, words.join(' ')).toMatchObject({ code: 2, stdout: '' });
        expect(ran.stderr).toContain(message);
      }
      expect(rig.seen).toEqual([]);
    }),
  );

  test(
    'replaces a file that it did not write only with --force, and ignores the default group of the settings',
    withAzure({}, async (rig) => {
      const manifests = folder(rig, shop);
      const file = rig.file('mine.yaml', 'mine: true\n');
      const words = deep('calico', '--manifests', manifests, '--write-policies', 'mine.yaml');
      const env = { AZURE_DEFAULTS_GROUP: 'rg-demo' };
      expect((await rig.run(words, { env })).code).toBe(1);
      expect(readFileSync(file, 'utf8')).toBe('mine: true\n');
      expect((await rig.run([...words, '--force'], { env })).code).toBe(10);
      expect((await rig.run(words, { env })).code).toBe(10);
    }),
  );
});
