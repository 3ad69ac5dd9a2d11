import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentedDefault, effectiveProfile } from '../../src/domain/localdns/index.ts';
import { effectiveCorefile, renderCorefile } from '../../src/domain/localdns/render/index.ts';
import script from '../../src/domain/proof/probe.sh';
import { readProbeLog } from '../../src/domain/proof/probe-result.ts';
import { judgeProbe } from '../../src/domain/proof/verdict.ts';
import type { NodeVerdict } from '../../src/model/verification.ts';
import { busyboxWithUdp, debianBusybox, rootFolder } from '../support/busybox.ts';
import { buildMilliseconds, coreDnsMissing, coreDnsProgram } from '../support/coredns.ts';
import { nodeNetwork, nodeNetworkMissing, type NodeNetwork } from '../support/node-network.ts';

const required = process.env['AKS_LOCALDNS_REQUIRE_ALL'] === '1';
const tools = ['nft', 'busybox', 'gcc', 'make'].filter((name) => spawnSync('which', [name]).status !== 0);
/** What a machine cannot do is left out; what can be installed is required if everything is. */
const missing =
  nodeNetworkMissing ??
  (required ? undefined : (coreDnsMissing ?? (tools.length > 0 ? `${tools.join(', ')} is missing` : undefined)));
if (missing !== undefined) process.stdout.write(`SKIPPED: the probe on a real LocalDNS, because ${missing}.\n`);

const kube = '169.254.10.11';
const vnet = '169.254.10.10';
const other = '10.0.0.10';

describe.skipIf(missing !== undefined).each([false, true])('The probe beside a real LocalDNS, IPv6 %s', (ipv6) => {
  let network: NodeNetwork;
  const folder = mkdtempSync(path.join(tmpdir(), 'aks-localdns-pods-'));
  const images = { raw: path.join(folder, 'raw'), debian: path.join(folder, 'debian') };

  beforeAll(async () => {
    const program = await coreDnsProgram('1.14.3');
    rootFolder(busyboxWithUdp(), images.raw);
    rootFolder(debianBusybox, images.debian);
    const corefile = effectiveCorefile(
      renderCorefile(effectiveProfile(documentedDefault(), undefined), { coreDnsServiceIp: other }),
      [],
    );
    network = nodeNetwork({ program, corefile, ipv6 });
    await network.startUpstreams();
  }, buildMilliseconds);
  afterAll(async () => {
    await (network as NodeNetwork | undefined)?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  let asked = 0;
  /** The verdicts of both images, from pods side by side. */
  const verdicts = async (nameServer: string): Promise<Readonly<Record<keyof typeof images, NodeVerdict>>> => {
    const nonce = `n${String((asked += 1))}`;
    const judge = async (root: string): Promise<NodeVerdict> => {
      const env = { PROBE_NONCE: nonce, PROBE_TIMEOUT: '2' };
      const log = await network.inPod({ root, script, nameServer, env });
      const result = readProbeLog(log, nonce);
      if (result === undefined) throw new Error(`No result: ${log}`);
      return judgeProbe(result).verdict;
    };
    const [raw, debian] = await Promise.all([judge(images.raw), judge(images.debian)]);
    return { raw, debian };
  };
  const both = (verdict: NodeVerdict) => ({ raw: verdict, debian: verdict });

  test('distinguishes every state of the node', async () => {
    expect(await verdicts(other), 'before enabling').toEqual(both('off'));
    await network.startLocalDns();
    expect(await verdicts(kube), 'ClusterFirst').toEqual(both('on'));
    expect(await verdicts(vnet), 'Default').toEqual(both('on'));
    expect(await verdicts(other), 'a pod from before').toEqual(both('bypassed'));
    network.block(['udp']);
    expect(await verdicts(kube), 'UDP dropped').toEqual(both('udp-blocked'));
    network.unblock();
    network.block(['tcp']);
    expect(await verdicts(kube), 'TCP dropped').toEqual(both('tcp-blocked'));
    network.unblock();
    network.block(['udp', 'tcp']);
    expect(await verdicts(kube), 'both dropped').toEqual(both('silent'));
    network.unblock();
    network.loseUpstreams();
    expect(await verdicts(kube), 'upstreams lost, cache warm').toEqual(both('on'));
    await network.killLocalDns();
    expect(await verdicts(kube), 'killed, interface left').toEqual(both('closed'));
    await network.startLocalDns();
    expect(await verdicts(kube), 'upstreams lost, cache cold').toEqual(both('upstream-trouble'));
    await network.stopLocalDns();
    expect(await verdicts(kube), 'stopped, interface gone').toEqual(both('silent'));
  });
});

const shellcheck = spawnSync('shellcheck', ['--version']).status === 0;

test.skipIf(!shellcheck && !required)('The probe is POSIX sh without shellcheck warnings', () => {
  const file = fileURLToPath(new URL('../../src/domain/proof/probe.sh', import.meta.url));
  expect(spawnSync('shellcheck', ['--shell=sh', file], { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '' });
});
