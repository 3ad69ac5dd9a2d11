import { describe, expect, test } from 'vitest';
import { CliError, InterruptedError } from '../../src/core/errors.ts';
import type { Event } from '../../src/core/events.ts';
import { pauseUntil, TimeOver, waitFor, type Wait } from '../../src/core/wait.ts';
import { ManualClock } from '../support/manual-clock.ts';

interface Rig {
  readonly clock: ManualClock;
  readonly signal: AbortSignal;
  readonly abort: AbortController;
  readonly events: Event[];
  emit: (event: Event) => void;
}

function rig(): Rig {
  const abort = new AbortController();
  const events: Event[] = [];
  return { clock: new ManualClock(), signal: abort.signal, abort, events, emit: (event) => void events.push(event) };
}

/** A reading every ten seconds; the last one repeats until the deadline. */
function waitOn(r: Rig, words: readonly string[], more: Partial<Wait<string>> = {}): Promise<string> {
  return waitFor<string>(r, {
    doing: 'Updating rg/aks/pool',
    code: 'still-waiting',
    goesOn: 'the operation continues in Azure',
    continueWith: 'aks-localdns nodepool wait',
    readings: async function* readings(deadline) {
      for (let index = 0; await pauseUntil(r, 10_000, deadline); index += 1) yield words[index] ?? words.at(-1) ?? '';
    },
    word: (reading) => reading,
    outcome: (reading) => (reading === 'done' ? 'succeeded' : reading === 'broken' ? 'failed' : undefined),
    ended: (end, last) => (end === 'done' ? (last ?? '') : end),
    ...more,
  });
}

async function failure(promise: Promise<unknown>): Promise<CliError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CliError)) throw new TypeError(`Expected a CliError, not ${String(error)}.`);
  return error;
}

const progress = ({ events }: Rig): readonly string[] =>
  events.flatMap((event) => (event.type === 'task.progress' ? [event.message] : []));

describe('a wait', () => {
  test('starts, reports each change once, and finishes with the last reading', async () => {
    const r = rig();
    expect(await waitOn(r, ['Queued', 'Queued', 'Running', 'done'], { advice: 'It takes a while.' })).toBe('done');
    const task = 'Updating rg/aks/pool';
    expect(r.events).toEqual([
      { type: 'task.started', task, message: 'Updating rg/aks/pool. It takes a while.' },
      { type: 'task.progress', task, message: 'Updating rg/aks/pool: Queued (10s)' },
      { type: 'task.progress', task, message: 'Updating rg/aks/pool: Running (30s)' },
      { type: 'task.finished', task, outcome: 'succeeded', message: 'Updating rg/aks/pool: done after 40s' },
    ]);
  });

  test('reports progress every 30 s if nothing changes', async () => {
    const r = rig();
    await waitOn(r, [...Array.from({ length: 9 }, () => 'Running'), 'done']);
    expect(progress(r).map((message) => message.replace(/.*\(|\)/g, ''))).toEqual(['10s', '40s', '1m 10s']);
  });

  test('ends as failed if its reading failed, without an additional error', async () => {
    const r = rig();
    expect(await waitOn(r, ['broken'], { task: 'one' })).toBe('broken');
    expect(r.events.at(-1)).toMatchObject({ type: 'task.finished', task: 'one', outcome: 'failed' });
  });

  test('after its timeout ends as still waiting, with the command that continues', async () => {
    const r = rig();
    const error = await failure(waitOn(r, ['Running'], { timeoutSeconds: 45 }));
    expect([error.exit, error.message, error.hints]).toEqual([
      'waiting',
      'Updating rg/aks/pool has not finished after 45s; the operation continues in Azure.',
      ['To continue waiting: aks-localdns nodepool wait'],
    ]);
    expect(r.events.at(-1)).toMatchObject({ outcome: 'stopped', message: 'Updating rg/aks/pool: timeout after 45s' });
    const other = await failure(
      waitOn(rig(), ['Asleep'], { timeoutSeconds: 0, still: (last) => `: ${last ?? 'no'} word` }),
    );
    expect(other.message).toBe('Updating rg/aks/pool: no word after 0s; the operation continues in Azure.');
  });

  test('that is interrupted reports what continues, unless a nested wait already did', async () => {
    const r = rig();
    r.emit = (event) => {
      r.events.push(event);
      if (event.type === 'task.progress') r.abort.abort();
    };
    const error = await failure(waitOn(r, ['Running']));
    expect(error).toBeInstanceOf(InterruptedError);
    expect(error.hints).toEqual(['The operation continues in Azure. To wait for it: aks-localdns nodepool wait']);
    expect(r.events.at(-1)).toMatchObject({
      outcome: 'stopped',
      message: 'Updating rg/aks/pool: interrupted after 10s',
    });
    const inner = new InterruptedError(['inner']);
    const outer = await failure(
      waitOn(rig(), [], {
        readings: () => ({ [Symbol.asyncIterator]: () => ({ next: async () => Promise.reject(inner) }) }),
      }),
    );
    expect(outer).toBe(inner);
  });

  test('ends as still waiting if the time limit of the command is reached', async () => {
    const r = rig();
    r.emit = (event) => {
      r.events.push(event);
      if (event.type === 'task.progress') r.abort.abort(new TimeOver());
    };
    const error = await failure(waitOn(r, ['Running']));
    expect(error).toMatchObject({ code: 'still-waiting', exit: 'waiting' });
    expect(error.hints).toEqual(['To continue waiting: aks-localdns nodepool wait']);
    expect(r.events.at(-1)).toMatchObject({ outcome: 'stopped', message: 'Updating rg/aks/pool: timeout after 10s' });
  });

  test('passes on the errors of its readings, as failed', async () => {
    const r = rig();
    const lost = new CliError({ code: 'pool-not-found', message: 'Gone.' });
    expect(
      await failure(
        waitOn(r, ['Running'], {
          outcome: () => {
            throw lost;
          },
        }),
      ),
    ).toBe(lost);
    expect(r.events.at(-1)).toMatchObject({ outcome: 'failed', message: 'Updating rg/aks/pool: error after 10s' });
  });

  test('keeps control characters of a reading from the events', async () => {
    const r = rig();
    await waitOn(r, ['Waiting\u001B[31m\nfor drain', 'done']);
    expect(progress(r)[0]).not.toMatch(/\u001B|\n/);
  });
});
