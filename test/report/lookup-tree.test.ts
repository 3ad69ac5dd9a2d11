import { describe, expect, test } from 'vitest';
import { documentedDefault } from '../../src/domain/localdns/index.ts';
import { explainLookup } from '../../src/domain/localdns/resolve/index.ts';
import type { LookupInput } from '../../src/domain/localdns/resolve/lookup-explanation.ts';
import { explainTree } from '../../src/report/lookup-tree.ts';

const tree = (input: Partial<LookupInput>, options = {}): string =>
  explainTree(
    explainLookup(documentedDefault(), { name: 'example.com', nodeSuffix: 'xyz.bx.internal.cloudapp.net', ...input }),
    options,
  );

describe('explainTree', () => {
  test('has no box drawing in the C locale', () => {
    const explained = explainLookup(documentedDefault(), { name: 'example.com' });
    const text = explainTree(explained, { ascii: true });
    expect(text).not.toMatch(/[\u2500-\u257f]/);
    const boxes: Readonly<Record<string, string>> = { '│': '|', '├─': '+-', '└─': '`-' };
    expect(text).toBe(explainTree(explained).replaceAll(/│|├─|└─/g, (box) => boxes[box] ?? ''));
  });

  test('shows the listener, then each name with its zone and result', () => {
    const lines = tree({ name: 'example.com.' }).split('\n');
    expect(lines.slice(0, 6)).toEqual([
      'example.com. A, dnsPolicy ClusterFirst',
      '├─ listener 169.254.10.11 (kubeDNSOverrides)',
      '│  └─ kubelet writes this address into the resolv.conf of pods with dnsPolicy ClusterFirst',
      '├─ search default.svc.cluster.local svc.cluster.local cluster.local xyz.bx.internal.cloudapp.net, ndots 5',
      '├─ 1. example.com. (the name itself)',
      '│  ├─ zone ., NSID localdns-pod',
    ]);
    const text = lines.join('\n');
    for (const part of [
      'forwarded to 10.0.0.10',
      'protocol: UDP',
      'cached for 5 to 30 s',
      'oldest answer: 3630 s (1h)',
      'when the upstream is down',
      'concurrency: more than 1000',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('does not repeat the details of an earlier name', () => {
    const text = tree({});
    expect(text).toContain('2. example.com.svc.cluster.local. (search domain svc.cluster.local)');
    expect(text.match(/same as 1\./g)).toHaveLength(2);
    expect(text.match(/when the upstream is down/g)).toHaveLength(2);
    expect(text).toContain('NXDOMAIN: answered by the node immediately; not cached');
  });

  test('shows the age of answers during an outage', () => {
    const profile = documentedDefault();
    const verify = {
      ...profile,
      vnetDNSOverrides: { '.': { ...profile.vnetDNSOverrides['.'], serveStale: 'Verify' } },
    } as typeof profile;
    const text = explainTree(explainLookup(verify, { name: 'example.com.', dnsPolicy: 'Default' }));
    expect(text).toContain('oldest answer: 3600 s (1h), or 7200 s (2h) while the upstream is down');
    expect(text).toContain('search id.location.internal.cloudapp.net, ndots 1');
  });

  test('notes if LocalDNS is not used for a lookup', () => {
    expect(tree({ dnsPolicy: 'None' })).toMatch(/^example\.com A, dnsPolicy None\n└─ not answered by LocalDNS: .*\n$/);
  });

  test.each([
    [{ hostsPlugin: true, criticalFqdns: ['example.com'] }, 'the hosts file answers'],
    [{ hostsPlugin: true }, 'unless the hosts file of the node has the name'],
    [{ name: 'health-check.localdns.local.' }, 'NOERROR: answered by the node'],
    [{ hostNetwork: true }, 'dnsPolicy ClusterFirst, host network'],
    [{ dnsPolicy: 'Default', nodeSuffix: '' }, 'no search path'],
  ] as const)('%j: %s', (input, part) => {
    expect(tree(input)).toContain(part);
  });

  test('is wrapped at the width, between words, with the lines of the tree unbroken', () => {
    for (const width of [60, 80, 120]) {
      const lines = tree({}, { width }).trimEnd().split('\n');
      expect(lines.filter((line) => line.length > width && /\s\S+\s/.test(line.replace(/^[│├└─ ]+/, '')))).toEqual([]);
      expect(lines.slice(1).filter((line) => !/^[│├└ ]/.test(line))).toEqual([]);
    }
  });

  test('uses the colours of the given style', () => {
    expect(tree({}, { style: (kind: string, text: string) => `<${kind}>${text}</${kind}>` })).toContain(
      '├─ <heading>1. example.com.default.svc.cluster.local. (search domain default.svc.cluster.local)</heading>',
    );
  });

  test('contains nothing that a terminal would interpret', () => {
    const explained = explainLookup(documentedDefault(), { name: 'example.com.' });
    expect(explainTree({ ...explained, name: 'a\u001b[31m\n' })).toContain(String.raw`a\u001b[31m`);
  });
});
