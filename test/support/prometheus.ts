import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { at, asArray, type JsonValue } from '../../src/core/json.ts';

const found = ['promtool', 'prometheus'].every((name) => spawnSync(name, ['--version']).status === 0);

/** If everything is required, the tests fail without Prometheus instead of being skipped. */
export const prometheusMissing = !found && process.env['AKS_LOCALDNS_REQUIRE_ALL'] !== '1';

/** Runs promtool on files, given by name, in their own folder. */
export function promtool(
  args: readonly string[],
  files: Readonly<Record<string, string>>,
): { readonly status: number | null; readonly output: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'aks-localdns-promtool-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    const { status, stdout, stderr, error } = spawnSync('promtool', args, { cwd: folder, encoding: 'utf8' });
    if (error !== undefined) throw error;
    return { status, output: `${stdout}${stderr}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Prometheus {
  /** The result of an instant query. @throws if Prometheus refuses it */
  readonly query: (expression: string) => Promise<readonly Sample[]>;
  readonly stop: () => Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Starts a Prometheus with a configuration, and waits until it answers. */
export async function startPrometheus(config: string): Promise<Prometheus> {
  const folder = mkdtempSync(path.join(tmpdir(), 'aks-localdns-prometheus-'));
  writeFileSync(path.join(folder, 'prometheus.yml'), config);
  const port = await freePort();
  const child: ChildProcess = spawn(
    'prometheus',
    [
      `--config.file=${path.join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${path.join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${String(port)}`,
      '--log.level=warn',
    ],
    { stdio: 'ignore' },
  );
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  const origin = `http://127.0.0.1:${String(port)}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`Prometheus ended with ${String(child.exitCode)}.`);
    const ready = await fetch(`${origin}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) break;
    await delay(50);
  }
  return {
    query: async (expression) => {
      const answer = await fetch(`${origin}/api/v1/query?query=${encodeURIComponent(expression)}`);
      const body = (await answer.json()) as JsonValue;
      if (!answer.ok) throw new Error(`${expression}: ${JSON.stringify(body)}`);
      return asArray(at(body, 'data', 'result')).map((one) => ({
        labels: at(one, 'metric') as Readonly<Record<string, string>>,
        value: Number(asArray(at(one, 'value'))[1]),
      }));
    },
    stop,
  };
}
