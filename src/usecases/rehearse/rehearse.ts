import { mapLimited } from '../../core/limit.ts';
import { runTask } from '../../core/task.ts';
import { count, duration } from '../../core/text.ts';
import type { RunningCoreDns, RunningStubs, Transport } from '../../model/rehearsal.ts';
import type { Ask } from './ask.ts';
import { onLoopback } from './loopback.ts';
import { cacheCounts, differencesIn, rehearsedNames, upstreamsTold, type StepAsk } from './outcome.ts';
import { behaviourOf, planOf, subjectsOf, type Plan, type Subject } from './plan.ts';
import { QueryLog } from './query-log.ts';
import type { RehearsalOptions, RehearsalPorts, RehearsalReport, RehearsalStep, RehearsalDeps } from './rehearsal.ts';

/** A silent upstream costs a question about 6 s. Source: CoreDNS, plugin/forward. */
const answerMilliseconds = 12_000;
const askedAtOnce = 50;
/** In the second in which its TTL comes to 0 an answer is given once more: past that it is stale. */
const pastExpiryMilliseconds = 1500;
const settleMilliseconds = 3000;
/** A second look at the outage needs this much of it left. */
const worthWaitingMilliseconds = 3000;

interface Run {
  readonly plan: Plan;
  readonly subjects: readonly Subject[];
  readonly ports: RehearsalPorts;
  readonly dns: RunningCoreDns;
  readonly work: RehearsalDeps;
  readonly asks: StepAsk[];
  readonly setDown: (down: boolean) => void;
  readonly say: (message: string) => void;
}

async function askAll(
  { subjects, ports, dns, work, asks, say }: Run,
  step: RehearsalStep,
  transport: Transport,
  message: string,
): Promise<void> {
  say(message);
  const { clock, signal } = work;
  const asked = subjects.filter(({ candidate }) => candidate.answeredBy !== 'resolver');
  const done = await mapLimited(asked, askedAtOnce, async (subject): Promise<StepAsk> => {
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

/** The longest that any of the answers is kept. */
function longestTtl({ plan, subjects }: Run): number {
  const kept = subjects.flatMap(({ candidate }) =>
    candidate.answeredBy === 'upstream'
      ? candidate.forward.upstreams.map((address) => Math.min(plan.ttlOf(address), candidate.cache.positiveTtl.most))
      : [],
  );
  return Math.max(0, ...kept);
}

async function rehearseOutage(run: Run): Promise<void> {
  const { clock, signal } = run.work;
  const { outageSeconds } = run.plan;
  const began = clock.now();
  const ends = began + outageSeconds * 1000;
  run.setDown(true);
  run.say(`The upstreams are silent for ${duration(outageSeconds)}.`);
  const expired = began + longestTtl(run) * 1000 + pastExpiryMilliseconds;
  await clock.sleep(Math.max(0, Math.min(expired, ends - pastExpiryMilliseconds) - clock.now()), signal);
  await askAll(run, 'outage', 'udp', 'Asking while the upstreams are silent.');
  if (ends - clock.now() > worthWaitingMilliseconds) {
    await clock.sleep(ends - clock.now() - pastExpiryMilliseconds, signal);
    await askAll(run, 'outage-end', 'udp', 'Asking once more before the upstreams are back.');
  }
  await clock.sleep(Math.max(0, ends - clock.now()), signal);
  run.setDown(false);
  await askAll(run, 'recovered', 'udp', 'The upstreams are back.');
  await clock.sleep(settleMilliseconds, signal);
  await askAll(run, 'settled', 'tcp', 'Asking a moment later.');
}

/** Stubs first, since CoreDNS is told their ports; whatever happens, both end. */
async function withCoreDns<T>(
  options: RehearsalOptions,
  ports: RehearsalPorts,
  work: RehearsalDeps,
  rehearsal: (parts: {
    plan: Plan;
    path: string;
    dns: RunningCoreDns;
    stubs: RunningStubs;
    setDown: Run['setDown'];
  }) => Promise<T>,
): Promise<T> {
  const plan = planOf(options);
  // Before anything is started: names that are none, zones that are not there.
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
      work.signal,
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
 * Runs a real CoreDNS on this machine with the profile, stub upstreams behind it, and asks it names over both
 * listeners. Nothing leaves the machine, and nothing is left running.
 * @throws UsageError for names, addresses or times that cannot be; CliError `coredns-not-found`, `coredns-refused`;
 * InterruptedError
 */
export async function rehearse(
  ports: RehearsalPorts,
  options: RehearsalOptions,
  work: RehearsalDeps,
): Promise<RehearsalReport> {
  return withCoreDns(options, ports, work, async ({ plan, path, dns, stubs, setDown }) => {
    const log = new QueryLog(stubs.queries);
    const subjects = subjectsOf(options, dns.version);
    const start = work.clock.now();
    const message = `CoreDNS ${dns.version} runs with the profile; asking ${count(subjects.length / 2, 'name')} over both listeners.`;
    const asks = await runTask(
      work.emit,
      { task: 'rehearse', message },
      async (say) => {
        const run: Run = { plan, subjects, ports, dns, work, asks: [], setDown, say };
        await askAll(run, 'first', 'udp', 'Asking for the first time, over UDP.');
        await askAll(run, 'again', 'tcp', 'Asking again, over TCP.');
        if (plan.outageSeconds > 0) await rehearseOutage(run);
        return { value: run.asks, outcome: 'succeeded', message: 'The rehearsal is over.' };
      },
      () => ({ outcome: 'stopped', message: 'The rehearsal was stopped.' }),
    );
    const names = rehearsedNames(subjects, asks, log, start);
    return {
      schemaVersion: 1,
      coreDns: { path, version: dns.version },
      template: plan.template,
      outageSeconds: plan.outageSeconds > 0 ? plan.outageSeconds : null,
      upstreamLatencyMs: plan.latency,
      upstreams: upstreamsTold(plan),
      names,
      cache: cacheCounts(names),
      differences: differencesIn(asks, log),
    };
  });
}
