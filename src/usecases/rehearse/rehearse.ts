import { mapLimited } from '../../core/limit.ts';
import { runTask } from '../../core/task.ts';
import { count, duration } from '../../core/text.ts';
import type { RunningCoreDns, RunningStubs, Transport } from '../../model/rehearsal.ts';
import type { Ask } from './ask.ts';
import { onLoopback } from './loopback.ts';
import { cacheCounts, differencesIn, rehearsedNames, upstreamsUsed, type StepAsk } from './rehearsal-results.ts';
import { behaviourOf, planOf, subjectsOf, type Plan, type Subject } from './plan.ts';
import { QueryLog } from './query-log.ts';
import type { RehearsalOptions, RehearsalPorts, RehearsalReport, RehearsalStep, RehearsalDeps } from './rehearsal.ts';

/** CoreDNS takes about 6 s to give up on an upstream that does not answer. Source: CoreDNS, plugin/forward. */
const answerMilliseconds = 12_000;
const maxConcurrentQuestions = 50;
/** An answer is still fresh in the second in which its TTL reaches 0; after that it is stale. */
const pastExpiryMilliseconds = 1500;
const settleMilliseconds = 3000;
/** The remaining outage that makes a second round of questions useful. */
const worthWaitingMilliseconds = 3000;

interface Run {
  readonly plan: Plan;
  readonly subjects: readonly Subject[];
  readonly ports: RehearsalPorts;
  readonly dns: RunningCoreDns;
  readonly deps: RehearsalDeps;
  readonly asks: StepAsk[];
  readonly setDown: (down: boolean) => void;
  readonly say: (message: string) => void;
}

async function askAll(
  { subjects, ports, dns, deps, asks, say }: Run,
  step: RehearsalStep,
  transport: Transport,
  message: string,
): Promise<void> {
  say(message);
  const { clock, signal } = deps;
  const asked = subjects.filter(({ candidate }) => candidate.answeredBy !== 'resolver');
  const done = await mapLimited(asked, maxConcurrentQuestions, async (subject): Promise<StepAsk> => {
    const sent = clock.now();
    const answer = await ports.client.ask(
      dns.ports[subject.map],
      { ...subject.question, transport },
      { timeoutMilliseconds: answerMilliseconds, signal },
    );
    const ask: Ask = { question: subject.question, map: subject.map, transport, sent, got: clock.now(), answer };
    return { subject, step, ask };
  });
  asks.push(...done);
}

/** The longest time that any answer is cached. */
function longestTtl({ plan, subjects }: Run): number {
  const kept = subjects.flatMap(({ candidate }) =>
    candidate.answeredBy === 'upstream'
      ? candidate.forward.upstreams.map((address) => Math.min(plan.ttlOf(address), candidate.cache.positiveTtl.most))
      : [],
  );
  return Math.max(0, ...kept);
}

async function rehearseOutage(run: Run): Promise<void> {
  const { clock, signal } = run.deps;
  const { outageSeconds } = run.plan;
  const began = clock.now();
  const ends = began + outageSeconds * 1000;
  run.setDown(true);
  run.say(`Upstream outage for ${duration(outageSeconds)}.`);
  const expired = began + longestTtl(run) * 1000 + pastExpiryMilliseconds;
  await clock.sleep(Math.max(0, Math.min(expired, ends - pastExpiryMilliseconds) - clock.now()), signal);
  await askAll(run, 'outage', 'udp', 'Querying during the outage, after the cached answers expired.');
  if (ends - clock.now() > worthWaitingMilliseconds) {
    await clock.sleep(ends - clock.now() - pastExpiryMilliseconds, signal);
    await askAll(run, 'outage-end', 'udp', 'Querying again at the end of the outage.');
  }
  await clock.sleep(Math.max(0, ends - clock.now()), signal);
  run.setDown(false);
  await askAll(run, 'recovered', 'udp', 'Querying right after the outage.');
  await clock.sleep(settleMilliseconds, signal);
  await askAll(run, 'settled', 'tcp', 'Final round of queries, over TCP.');
}

/** Starts the stubs first, because CoreDNS needs their ports. Always stops both. */
async function withCoreDns<T>(
  options: RehearsalOptions,
  ports: RehearsalPorts,
  deps: RehearsalDeps,
  rehearsal: (parts: {
    plan: Plan;
    path: string;
    dns: RunningCoreDns;
    stubs: RunningStubs;
    setDown: Run['setDown'];
  }) => Promise<T>,
): Promise<T> {
  const plan = planOf(options);
  // Fails on invalid names before anything is started.
  subjectsOf(options, '');
  const path = await ports.coreDns.find(options.coreDnsPath);
  let down = false;
  const stubs = await ports.stubs.start(
    plan.upstreams,
    behaviourOf(plan, () => down),
  );
  try {
    const dns = await ports.coreDns.start(
      path,
      (listening) =>
        onLoopback(plan.corefile, {
          ports: listening,
          upstreamPort: (upstream) => stubs.port(upstream),
          hosts: new Map(),
        }),
      deps.signal,
    );
    try {
      const setDown = (next: boolean): void => {
        down = next;
      };
      return await rehearsal({ plan, path, dns, stubs, setDown });
    } finally {
      await dns.stop();
    }
  } finally {
    await stubs.stop();
  }
}

/**
 * Runs a real CoreDNS on this machine with the profile and stub upstreams, and queries names over both listeners. No
 * traffic leaves the machine, and nothing keeps running.
 * @throws UsageError for invalid names, addresses or times; CliError `coredns-not-found`, `coredns-refused`;
 * InterruptedError
 */
export async function rehearse(
  ports: RehearsalPorts,
  options: RehearsalOptions,
  deps: RehearsalDeps,
): Promise<RehearsalReport> {
  return withCoreDns(options, ports, deps, async ({ plan, path, dns, stubs, setDown }) => {
    const log = new QueryLog(stubs.queries);
    const subjects = subjectsOf(options, dns.version);
    const start = deps.clock.now();
    const message = `Running CoreDNS ${dns.version} with the profile; querying ${count(subjects.length / 2, 'name')} on both listeners.`;
    const asks = await runTask(
      deps.emit,
      { task: 'rehearse', message },
      async (say) => {
        const run: Run = { plan, subjects, ports, dns, deps, asks: [], setDown, say };
        await askAll(run, 'first', 'udp', 'First round of queries, over UDP.');
        await askAll(run, 'again', 'tcp', 'Second round of queries, over TCP.');
        if (plan.outageSeconds > 0) await rehearseOutage(run);
        return { value: run.asks, outcome: 'succeeded', message: 'Rehearsal finished.' };
      },
      () => ({ outcome: 'stopped', message: 'Rehearsal stopped.' }),
    );
    const names = rehearsedNames(subjects, asks, log, start);
    return {
      schemaVersion: 1,
      coreDns: { path, version: dns.version },
      template: plan.template,
      outageSeconds: plan.outageSeconds > 0 ? plan.outageSeconds : null,
      upstreamLatencyMs: plan.latency,
      upstreams: upstreamsUsed(plan),
      names,
      cache: cacheCounts(names),
      differences: differencesIn(asks, log),
    };
  });
}
