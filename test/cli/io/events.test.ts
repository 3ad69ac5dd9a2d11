import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { chooseRenderer, type Choice } from '../../../src/cli/io/events/choose.ts';
import { errorReport } from '../../../src/cli/io/error-report.ts';
import { Messages, streamOutput } from '../../../src/cli/io/output.ts';
import { CliError } from '../../../src/core/errors.ts';
import type { Event } from '../../../src/core/events.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { MemoryStream, unpainted } from '../../support/cli.ts';

/** For ora to be loaded, milliseconds. */
const patience = 60_000;

const started: Event = { type: 'task.started', task: 't', message: 'Updating userpool' };
const progress: Event = { type: 'task.progress', task: 't', message: 'Updating userpool: 1 of 3 nodes' };
const finished: Event = { type: 'task.finished', task: 't', message: 'Updated userpool', outcome: 'succeeded' };
const failed: Event = { type: 'task.finished', task: 'u', message: 'systempool was not updated', outcome: 'failed' };
const warning: Event = { type: 'notice', level: 'warning', code: 'config-warning', message: 'Look here' };
const retried: Event = {
  type: 'request.retried',
  method: 'GET',
  path: '/x',
  attempt: 2,
  maxAttempts: 5,
  delaySeconds: 3,
  reason: 'Azure is busy',
};
const answered: Event = {
  type: 'request.answered',
  method: 'GET',
  path: '/x',
  status: 200,
  milliseconds: 5,
  requestId: 'r-1',
};
const all: readonly Event[] = [started, progress, progress, retried, answered, warning, finished, failed];

async function shown(
  choice: Partial<Choice>,
  isTTY: boolean,
  work: (
    renderer: Awaited<ReturnType<typeof chooseRenderer>>,
    clock: ManualClock,
    stream: MemoryStream,
  ) => Promise<void> | void,
): Promise<string> {
  const stream = new MemoryStream(isTTY, 80);
  const stderr = streamOutput(stream);
  const clock = new ManualClock();
  const renderer = await chooseRenderer({
    messages: new Messages(stderr),
    clock,
    colour: false,
    verbose: false,
    debug: false,
    reader: { width: undefined, ascii: false },
    events: undefined,
    onlyErrors: false,
    dumb: false,
    stderr,
    ...choice,
  });
  await work(renderer, clock, stream);
  await renderer.close();
  return stream.text;
}

function feed(events: readonly Event[]): (renderer: { emit(event: Event): void }) => void {
  return (renderer) => {
    for (const event of events) renderer.emit(event);
  };
}

describe('a log', () => {
  test('has one line per event, without repeats and requests', async () => {
    expect(await shown({}, false, feed(all))).toBe(
      'Updating userpool\nUpdating userpool: 1 of 3 nodes\nAzure is busy; retrying in 3 s (attempt 2 of 5)\nWARNING: Look here\nUpdated userpool\nFailed: systempool was not updated\n',
    );
  });

  test.each([{ debug: true }, { verbose: true }])('shows requests with their ids, and times, with %o', async (said) => {
    expect(await shown(said, false, feed([started, { ...answered, correlationId: 'c-1' }]))).toBe(
      '2026-11-25T08:00:00.000Z Updating userpool\n2026-11-25T08:00:00.000Z GET /x 200 in 5 ms request-id r-1 correlation-id c-1\n',
    );
  });

  test('shows the elapsed time of a task once', async () => {
    const text = await shown({}, false, async (renderer, clock) => {
      renderer.emit(started);
      renderer.emit({ type: 'task.progress', task: started.task, message: 'Updating userpool: Running (1m 5s)' });
      await clock.sleep(26_000);
      renderer.emit(finished);
    });
    expect(text).toContain('\nStill: Updating userpool: Running, 25s\n');
  });

  test('has a line at least every 30 s during a wait, and none after it', async () => {
    const text = await shown({}, false, async (renderer, clock) => {
      renderer.emit(started);
      renderer.emit({ type: 'task.started', task: 'other', message: 'Also this…' });
      await clock.sleep(95_000);
      renderer.emit(finished);
      await clock.sleep(20_000);
      renderer.emit({ type: 'task.finished', task: 'other', message: 'That too', outcome: 'skipped' });
      await clock.sleep(100_000);
    });
    expect(text.split('\n')).toEqual([
      'Updating userpool',
      'Also this…',
      'Still: Updating userpool, 25s (and 1 more)',
      'Still: Updating userpool, 50s (and 1 more)',
      'Still: Updating userpool, 1m 15s (and 1 more)',
      'Updated userpool',
      'Skipped: That too',
      '',
    ]);
  });

  test('is used on a dumb terminal', async () => {
    expect(await shown({ dumb: true }, true, feed([started, finished]))).toBe('Updating userpool\nUpdated userpool\n');
  });

  test('shows control characters as escapes, and an event on one line', async () => {
    const text = await shown({}, false, (renderer) => {
      renderer.emit({ ...started, message: 'a\u001b[2Jb\nc' });
      renderer.say('one\ntwo\u0007');
    });
    expect(text).toBe('a\\u001b[2Jb c\none\ntwo\\u0007\n');
  });
});

describe('ndjson', () => {
  test('has one document per line, the error as the last one', async () => {
    const text = await shown({ events: 'ndjson' }, true, (renderer) => {
      feed([started, answered])(renderer);
      renderer.say('Text for people\n');
      renderer.error(errorReport(new CliError({ code: 'still-waiting', message: 'm', hints: ['h'] }), false));
    });
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { time: '2026-11-25T08:00:00.000Z', ...started },
      { time: '2026-11-25T08:00:00.000Z', type: 'notice', level: 'info', code: 'message', message: 'Text for people' },
      {
        time: '2026-11-25T08:00:00.000Z',
        type: 'error',
        code: 'still-waiting',
        message: 'm',
        hints: ['h'],
        exitCode: 13,
        details: {},
      },
    ]);
  });

  test('repeats the last progress in a long wait', async () => {
    const text = await shown({ events: 'ndjson' }, false, async (renderer, clock) => {
      renderer.emit(progress);
      await clock.sleep(30_000);
    });
    expect(text.trimEnd().split('\n')).toHaveLength(2);
  });

  test('has requests with --debug, and errors only with --only-show-errors', async () => {
    expect(await shown({ events: 'ndjson', debug: true }, false, feed([answered]))).toContain('request.answered');
    expect((await shown({ events: 'ndjson', onlyErrors: true }, false, feed(all))).trimEnd().split('\n')).toHaveLength(
      1,
    );
  });
});

describe('only errors', () => {
  test('lets errors and questions through', async () => {
    const text = await shown({ onlyErrors: true }, true, (renderer) => {
      feed(all)(renderer);
      renderer.say('hidden');
      renderer.ask('shown');
    });
    expect(text).toBe('Failed: systempool was not updated\nshown\n');
  });
});

describe('a terminal', () => {
  test('leaves one line for finished work, and nothing for work that took no time', async () => {
    const text = await shown({}, true, feed([started, progress, finished]));
    expect(text).toBe('✔ Updated userpool\n');
  });

  test('shows a spinner after a moment, and removes it', async () => {
    const text = await shown({}, true, async (renderer, clock, stream) => {
      renderer.emit(started);
      await clock.sleep(1000);
      await vi.waitFor(() => {
        expect(stream.text).not.toBe('');
      }, patience);
      renderer.emit({ type: 'task.started', task: 'other', message: 'Also this' });
      renderer.say('A word between');
      renderer.emit(finished);
      renderer.emit({ type: 'task.finished', task: 'other', message: 'That too', outcome: 'stopped' });
    });
    expect(unpainted(text)).toMatch(/. Updating userpool/);
    expect(unpainted(text)).toContain('A word between\n');
    expect(unpainted(text)).toContain('✔ Updated userpool\n');
    expect(unpainted(text).endsWith('■ That too\n')).toBe(true);
  });

  test('does not draw during a question, and continues afterwards', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    await shown({}, true, async (renderer, clock, stream) => {
      const drawn = async (): Promise<void> => {
        const before = stream.text.length;
        await vi.waitFor(() => {
          expect(stream.text.length).toBeGreaterThan(before);
        }, patience);
      };
      renderer.emit(started);
      await clock.sleep(1000);
      await drawn();
      await renderer.still(async () => {
        const before = stream.text.length;
        await vi.advanceTimersByTimeAsync(10_000);
        expect(stream.text.length).toBe(before);
      });
      await drawn();
    });
  });

  test('shows progress line by line with --verbose', async () => {
    expect(await shown({ verbose: true }, true, feed([started, progress, finished]))).toBe(
      'Updating userpool\nUpdating userpool: 1 of 3 nodes\n✔ Updated userpool\n',
    );
  });
});
