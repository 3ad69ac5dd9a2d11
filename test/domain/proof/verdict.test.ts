import { describe, expect, test } from 'vitest';
import { readProbeLog, type ProbeResult } from '../../../src/domain/proof/probe-result.ts';
import { judgeProbe } from '../../../src/domain/proof/verdict.ts';
import type { NodeVerdict } from '../../../src/model/verification.ts';

type Row = readonly [check: string, server: string, proto: string, result: string, aa?: number, nsid?: string];

const log = (nameServer: string, rows: readonly Row[], tool = 'nc'): string =>
  JSON.stringify({
    probe: 1,
    nonce: 'n1',
    nameservers: [nameServer],
    search: [],
    ndots: 5,
    ncUdp: tool === 'nc',
    ms: 2000,
    results: rows.map(([check, server, proto, result, aa = 0, nsid = '']) =>
      proto === 'udp' && tool === 'nslookup'
        ? { check, server, proto, tool, result, ms: 10 }
        : { check, server, proto, tool: 'nc', result, answers: 0, authorities: 0, aa, nsid, ms: 10 },
    ),
  });

const read = (text: string): ProbeResult => {
  const result = readProbeLog(text, 'n1');
  if (result === undefined) throw new Error('No result.');
  return result;
};

const kube = '169.254.10.11';
const vnet = '169.254.10.10';
const health = (udp: string, tcp: string, aa = 1): readonly Row[] =>
  [vnet, kube].flatMap((server): Row[] => [
    ['health', server, 'udp', udp, udp === 'noerror' ? aa : 0],
    ['health', server, 'tcp', tcp, tcp === 'noerror' ? aa : 0],
  ]);

describe('The verdict of a probe', () => {
  const cases: readonly (readonly [NodeVerdict, string, string, readonly Row[]])[] = [
    ['on', 'both protocols answer', kube, health('noerror', 'noerror')],
    ['bypassed', 'the pod asks another server', '10.0.0.10', health('noerror', 'noerror')],
    ['udp-blocked', 'TCP alone answers', kube, health('timeout', 'noerror')],
    ['tcp-blocked', 'UDP alone answers', kube, health('noerror', 'timeout')],
    ['closed', 'the address refuses', kube, health('closed', 'closed')],
    ['closed', 'the address refuses, and the pod asks another server', '10.0.0.10', health('closed', 'closed')],
    ['silent', 'nothing answers a pod that asks LocalDNS', kube, health('timeout', 'timeout')],
    ['off', 'nothing answers a pod that asks another server', '10.0.0.10', health('timeout', 'timeout')],
    ['off', 'another server answers at these addresses', '10.0.0.10', health('nxdomain', 'nxdomain')],
    ['silent', 'an answer to the health zone lacks the authoritative bit', kube, health('noerror', 'noerror', 0)],
    ['unknown', 'the probe asked nothing over TCP', kube, [['health', kube, 'udp', 'noerror', 1]]],
    [
      'upstream-trouble',
      'a name outside fails',
      kube,
      [...health('noerror', 'noerror'), ['external', kube, 'udp', 'servfail']],
    ],
    [
      'on',
      'a name fails through the listener that the pod does not ask',
      kube,
      [...health('noerror', 'noerror'), ['external', vnet, 'udp', 'servfail']],
    ],
    [
      'on',
      'a name inside the cluster fails for dnsPolicy Default',
      vnet,
      [...health('noerror', 'noerror'), ['internal', vnet, 'udp', 'servfail']],
    ],
  ];
  test.each(cases)('is %s if %s', (verdict, _, nameServer, rows) => {
    expect(judgeProbe(read(log(nameServer, rows))).verdict).toBe(verdict);
  });

  test('is certain by raw DNS, and not by nslookup', () => {
    const rows = health('noerror', 'noerror');
    expect(judgeProbe(read(log(kube, rows)))).toMatchObject({ verdict: 'on', certain: true });
    expect(judgeProbe(read(log(kube, rows, 'nslookup')))).toMatchObject({ verdict: 'on', certain: false });
  });

  test('names what was seen', () => {
    const { evidence } = judgeProbe(
      read(log(kube, [...health('noerror', 'noerror'), ['external', kube, 'udp', 'noerror', 1, 'localdns-pod']])),
    );
    expect(evidence).toEqual([
      'health over UDP and TCP: noerror',
      'external over UDP: noerror from localdns-pod',
      'name server 169.254.10.11',
    ]);
  });
});

describe('The log of a probe', () => {
  test('is read among other lines, by its nonce', () => {
    const text = `warning: something\n${log(kube, []).replace('n1', 'n2')}\n${log(vnet, [])}\n`;
    expect(readProbeLog(text, 'n1')?.nameServers).toEqual([vnet]);
    expect(readProbeLog(text, 'n3')).toBeUndefined();
  });

  test.each(['', '{"probe":1,', '{"probe":1,"nonce":"n1","results":"x"', '[]', 'null'])(
    'that is not of its form, such as %j, is none',
    (text) => expect(readProbeLog(text, 'n1')).toBeUndefined(),
  );

  test('loses what is not of its form, and keeps the rest', () => {
    const text = log(kube, [
      ['health', kube, 'udp', 'noerror', 1],
      ['made-up', kube, 'udp', 'noerror'],
      ['health', kube, 'udp', '\u001b[31m'],
      ['health', kube, 'smtp', 'noerror'],
    ]);
    expect(read(text).answers).toHaveLength(1);
  });
});
