import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { asArray, at, own, type JsonValue } from '../../src/core/json.ts';
import { unwrapped, userpool, value, withAzure, type Rig } from '../support/e2e.ts';
import { kubectls, kubectlsMissing } from '../support/kubectl.ts';

if (kubectlsMissing !== undefined && process.env['AKS_LOCALDNS_REQUIRE_ALL'] === '1') throw new Error(kubectlsMissing);

const verify = ['verify', ...userpool, '--context', 'aks-demo'] as const;

function environment(rig: Rig, program: string): Readonly<Record<string, string>> {
  const temporary = path.join(rig.directory, 'tmp');
  mkdirSync(temporary, { recursive: true });
  return { AKS_LOCALDNS_KUBECTL: program, KUBECONFIG: rig.kubeconfig, TMPDIR: temporary };
}

/** Names of the pods that ask DNS in a cluster now. */
async function probePods(rig: Rig, program: string): Promise<string> {
  const selector = 'app.kubernetes.io/name=aks-localdns-probe';
  const args = ['--context', 'aks-demo', 'get', 'pods', '-A', '-l', selector, '-o', 'name'];
  const env = { ...process.env, KUBECONFIG: rig.kubeconfig };
  return (await promisify(execFile)(program, args, { env })).stdout;
}

const verdicts = (report: JsonValue): readonly unknown[] =>
  asArray(own(report, 'nodes')).map((node) => own(node, 'verdict'));

/** What pods see on the three nodes of a pool with LocalDNS, and the exit code. */
const cases: readonly (readonly [
  scenario: string | undefined,
  code: number,
  verdicts: readonly string[],
  says: string,
])[] = [
  [undefined, 0, ['on', 'on', 'on'], 'from localdns-pod'],
  [
    'localdns-dead',
    10,
    ['closed', 'on', 'on'],
    "LocalDNS should be on, but the pod with dnsPolicy ClusterFirst and the pod with dnsPolicy Default say 'closed'.",
  ],
  ['localdns-unit-stopped', 10, ['silent', 'on', 'on'], "say 'silent'"],
  ['dns-policy-drops-udp', 10, ['udp-blocked', 'udp-blocked', 'udp-blocked'], "say 'udp-blocked'"],
  ['dns-policy-drops-tcp', 10, ['tcp-blocked', 'tcp-blocked', 'tcp-blocked'], "say 'tcp-blocked'"],
  ['dns-policy-drops-all', 10, ['silent', 'silent', 'silent'], "say 'silent'"],
  ['upstream-dns-dead', 10, ['upstream-trouble', 'upstream-trouble', 'upstream-trouble'], "say 'upstream-trouble'"],
  ['pods-from-before', 10, ['bypassed', 'bypassed', 'bypassed'], 'name server 10.0.0.10'],
  ['pod-security-restricted', 0, ['on', 'on', 'on'], 'from localdns-pod'],
  ['pods-refused', 11, ['on', 'on', 'on'], 'the pod was refused'],
  ['node-full', 11, ['on', 'on', 'on'], 'Unschedulable'],
];

describe.skipIf(kubectls.length === 0).each(kubectls)('Pods that ask DNS, with kubectl %s', (_, program) => {
  test.concurrent.each(cases)('in the scenario %s end with %i', async (scenario, code, expected, says) => {
    await withAzure({}, async (rig) => {
      const env = environment(rig, program);
      expect((await rig.run(['nodepool', 'enable', ...userpool, '--yes'])).code).toBe(0);
      if (scenario !== undefined) rig.simulator.useScenario(scenario);
      const ran = await rig.run([...verify], { env });
      expect(ran.code, ran.stderr).toBe(code);
      expect(verdicts(value(ran))).toEqual(expected);
      expect(ran.stdout).toContain(says);
      expect(value(ran)).toMatchObject({ level: 2 });
      expect(await probePods(rig, program)).toBe('');
    })();
  });

  test(
    'prove that LocalDNS is off, are kept on request, and are found again and removed once they are old',
    withAzure({}, async (rig) => {
      const env = environment(rig, program);
      const kept = await rig.run([...verify, '--keep'], { env });
      expect(kept.code, kept.stderr).toBe(0);
      expect(value(kept)).toMatchObject({ pools: [{ expected: 'off', proof: 'proven', provenNodes: 3 }] });
      expect(verdicts(value(kept))).toEqual(['off', 'off', 'off']);
      expect((await probePods(rig, program)).trim().split('\n')).toHaveLength(6);
      expect(at(value(kept), 'via')).toBe('kubectl');
    }),
  );

  test(
    'need permission to create pods',
    withAzure({ scenario: 'no-pods-create' }, async (rig) => {
      const ran = await rig.run([...verify], { env: environment(rig, program) });
      expect(ran.code).toBe(4);
      expect(unwrapped(ran.stderr)).toContain('The account may not create pods in the namespace default');
    }),
  );

  test.each(['credentials', 'run-command'])('are also created by %s', async (via) => {
    await withAzure({ kubectl: program }, async (rig) => {
      const env = { ...environment(rig, program), KUBECONFIG: '/no/kubeconfig' };
      const ran = await rig.run(['verify', ...userpool, '--via', via], { env });
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({ via, pools: [{ proof: 'proven', provenNodes: 3 }] });
      expect(await probePods(rig, program)).toBe('');
    })();
  });
});
