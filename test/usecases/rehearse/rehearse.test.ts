import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { beforeAll, describe, expect, test } from 'vitest';
import { coreDnsRunner, dnsClient, stubUpstreams } from '../../../src/adapters/dns/index.ts';
import { systemClock } from '../../../src/adapters/system/index.ts';
import { systemProcesses } from '../../../src/adapters/system/processes.ts';
import type { Event } from '../../../src/core/events.ts';
import { documentedDefault } from '../../../src/domain/localdns/index.ts';
import type { EffectiveProfile } from '../../../src/model/profile.ts';
import type { ListenerPorts } from '../../../src/model/rehearsal.ts';
import { rehearsalText } from '../../../src/report/rehearsal.ts';
import { rehearse, type RehearsalReport } from '../../../src/usecases/rehearse/index.ts';
import type { RehearsalOptions, RehearsalPorts } from '../../../src/usecases/rehearse/rehearsal.ts';
import { buildMilliseconds, coreDnsMissing, coreDnsProgram } from '../../support/coredns.ts';

let program = '';
const runner = coreDnsRunner(systemProcesses);
const ports: RehearsalPorts = { coreDns: runner, stubs: stubUpstreams(systemClock), client: dnsClient };

function work(signal = new AbortController().signal, events: Event[] = []): Parameters<typeof rehearse>[2] {
  return { clock: systemClock, signal, emit: (event) => events.push(event) };
}

async function run(options: Partial<RehearsalOptions>): Promise<RehearsalReport> {
  return rehearse(
    ports,
    { profile: documentedDefault(), names: ['www.bing.com'], coreDnsPath: program, ...options },
    work(),
  );
}

function withZone(
  profile: EffectiveProfile,
  zone: string,
  change: Partial<EffectiveProfile['kubeDNSOverrides'][string]>,
): EffectiveProfile {
  const base = profile.kubeDNSOverrides['.'];
  if (base === undefined) throw new Error('The default has a root zone.');
  return { ...profile, kubeDNSOverrides: { ...profile.kubeDNSOverrides, [zone]: { ...base, ...change } } };
}

function sourcesOf(report: RehearsalReport, name: string, map = 'kubeDNSOverrides'): readonly string[] {
  return (
    report.names
      .find((item) => item.name === name && item.map === map)
      ?.asks.map(({ step, source }) => `${step}: ${source}`) ?? []
  );
}

describe.skipIf(coreDnsMissing !== undefined)(
  `a rehearsal on a real CoreDNS${coreDnsMissing === undefined ? '' : ` (${coreDnsMissing})`}`,
  () => {
    beforeAll(async () => {
      program = await coreDnsProgram('1.14.3');
    }, buildMilliseconds);

    test('shows for each name and listener its block and the source of the answer', async () => {
      const names = [
        'WWW.Bing.com',
        'kubernetes.default.svc.cluster.local.',
        'a.b.c.d.internal.cloudapp.net',
        'health-check.localdns.local',
      ];
      const report = await run({ names });
      expect(report.differences).toEqual([]);
      const told = report.names.map(({ name, listener, zone, asks }) => [
        name,
        listener,
        zone,
        asks.map(({ source, upstream }) => `${source} ${String(upstream)}`).join(', '),
      ]);
      expect(told).toEqual([
        ['www.bing.com.', '169.254.10.10', '.', 'upstream 168.63.129.16, cache 168.63.129.16'],
        ['www.bing.com.', '169.254.10.11', '.', 'upstream 10.0.0.10, cache 10.0.0.10'],
        [
          'kubernetes.default.svc.cluster.local.',
          '169.254.10.10',
          'cluster.local',
          'upstream 10.0.0.10, cache 10.0.0.10',
        ],
        [
          'kubernetes.default.svc.cluster.local.',
          '169.254.10.11',
          'cluster.local',
          'upstream 10.0.0.10, cache 10.0.0.10',
        ],
        ['a.b.c.d.internal.cloudapp.net.', '169.254.10.10', '.', 'node null, node null'],
        ['a.b.c.d.internal.cloudapp.net.', '169.254.10.11', '.', 'node null, node null'],
        ['health-check.localdns.local.', '169.254.10.10', 'health-check.localdns.local', 'node null, node null'],
        ['health-check.localdns.local.', '169.254.10.11', 'health-check.localdns.local', 'node null, node null'],
      ]);
      expect(report.cache.map(({ listener, asked, hitRatio }) => [listener, asked, hitRatio])).toEqual([
        ['169.254.10.10', 8, 0.5],
        ['169.254.10.11', 8, 0.5],
      ]);
      expect(report.coreDns.version).toBe('1.14.3');
    });

    test('shows the effects of an outage for each stale mode', async () => {
      let profile = withZone(documentedDefault(), 'now.example', {
        serveStale: 'Immediate',
        serveStaleDurationInSeconds: 3600,
      });
      profile = withZone(profile, 'checked.example', { serveStale: 'Verify', serveStaleDurationInSeconds: 3600 });
      profile = withZone(profile, 'never.example', { serveStale: 'Disable' });
      const report = await run({
        profile,
        names: ['a.now.example', 'a.checked.example', 'a.never.example'],
        outageSeconds: 15,
      });
      expect(report.differences).toEqual([]);
      const cached = ['first: upstream', 'again: cache'];
      expect(sourcesOf(report, 'a.checked.example.')).toEqual(
        expect.arrayContaining([...cached, 'outage: stale', 'recovered: upstream', 'settled: cache']),
      );
      expect(sourcesOf(report, 'a.never.example.')).toEqual(
        expect.arrayContaining([...cached, 'outage: failed', 'recovered: upstream', 'settled: cache']),
      );
      expect(sourcesOf(report, 'a.now.example.')).toEqual(
        expect.arrayContaining([...cached, 'outage: stale', 'recovered: stale', 'settled: cache']),
      );
      const text = rehearsalText(report);
      expect(text).toContain('a.now.example. A at 169.254.10.11 (kubeDNSOverrides), zone now.example');
      expect(text).toContain('CoreDNS matches config explain.');
    });

    test('alternates the servers of the VNet if the zone requires it', async () => {
      const base = documentedDefault();
      const root = base.vnetDNSOverrides['.'];
      if (root === undefined) throw new Error('The default has a root zone.');
      const profile: EffectiveProfile = {
        ...base,
        vnetDNSOverrides: { ...base.vnetDNSOverrides, '.': { ...root, forwardPolicy: 'RoundRobin' } },
      };
      const names = Array.from({ length: 8 }, (_, index) => `n${String(index)}.example`);
      const report = await run({ profile, names, vnetDnsServers: ['10.1.0.4', '10.1.0.5'], upstreamLatencyMs: 20 });
      expect(report.differences).toEqual([]);
      const asked = report.names.filter(({ map }) => map === 'vnetDNSOverrides').map(({ asks }) => asks[0]?.upstream);
      expect(new Set(asked)).toEqual(new Set(['10.1.0.4', '10.1.0.5']));
      expect(report.names.every(({ asks }) => (asks[0]?.milliseconds ?? 0) >= 15)).toBe(true);
    });

    test('ends CoreDNS and frees its ports when it is interrupted', async () => {
      const controller = new AbortController();
      const started: { ports: ListenerPorts; stopped: boolean }[] = [];
      const watched: RehearsalPorts = {
        ...ports,
        coreDns: {
          find: async (path) => runner.find(path),
          start: async (...args) => {
            const dns = await runner.start(...args);
            const item = { ports: dns.ports, stopped: false };
            started.push(item);
            return {
              ...dns,
              stop: async () => {
                await dns.stop();
                item.stopped = true;
              },
            };
          },
        },
      };
      const options = {
        profile: documentedDefault(),
        names: ['www.bing.com'],
        coreDnsPath: program,
        outageSeconds: 600,
      };
      const running = rehearse(watched, options, {
        ...work(controller.signal),
        emit: (event) => {
          if (event.type === 'task.progress' && event.message.includes('outage')) controller.abort();
        },
      });
      await expect(running).rejects.toMatchObject({ code: 'interrupted' });
      expect(started.map(({ stopped }) => stopped)).toEqual([true]);
      for (const port of Object.values(started[0]?.ports ?? {})) {
        const socket = createSocket('udp4').bind(port, '127.0.0.1');
        await once(socket, 'listening');
        socket.close();
      }
    });

    test('shows why CoreDNS rejects a Corefile', async () => {
      await expect(runner.start(program, () => '.:0 {\n    cache 0\n}\n')).rejects.toMatchObject({
        code: 'coredns-refused',
        message: expect.stringContaining('cache TTL can not be zero or negative') as string,
      });
    });
  },
);

describe('a rehearsal without CoreDNS', () => {
  test.each(['/no/such/coredns', './package.json'])(
    'explains how to install it if %s is not a program',
    async (coreDnsPath) => {
      await expect(run({ coreDnsPath })).rejects.toMatchObject({
        code: 'coredns-not-found',
        exit: 'not-found',
        hints: [expect.stringContaining('releases'), expect.stringContaining('--coredns')],
      });
    },
  );

  test('rejects invalid names before anything starts', async () => {
    await expect(run({ names: ['a..b'] })).rejects.toMatchObject({ code: 'usage' });
    await expect(run({ names: [] })).rejects.toMatchObject({ code: 'usage' });
    await expect(run({ outageSeconds: -1 })).rejects.toMatchObject({ code: 'usage' });
    await expect(run({ vnetDnsServers: ['dns.example'] })).rejects.toMatchObject({ code: 'usage' });
  });
});
