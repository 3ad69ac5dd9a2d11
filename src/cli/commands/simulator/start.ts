import { UsageError } from '../../../core/errors.ts';
import { jsonDocuments } from '../../../core/json-documents.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { OutputOptions } from '../../../core/ports.ts';
import { inputName } from '../../../core/stdin.ts';
import type { RequestLogEntry, SimulatorOptions } from '../../../simulator/index.ts';
import type { Context } from '../../framework/context.ts';
import { defineCommand, type Options, type ParsedArguments } from '../../framework/definition.ts';
import type { OutputFile } from '../../named-files.ts';
import { replaceOption } from '../../options/output.ts';

const options = {
  port: { type: 'integer', min: 0, max: 65_535, default: 'a free one', summary: 'Port of the ARM endpoint' },
  clusters: {
    type: 'integer',
    min: 1,
    max: 20_000,
    placeholder: 'N',
    summary: 'Generate a fleet of this many clusters instead of the sample',
  },
  seed: {
    type: 'integer',
    min: 0,
    placeholder: 'N',
    default: '1',
    summary: 'Seed of the fleet; the same seed generates the same fleet',
  },
  speed: {
    type: 'integer',
    min: 1,
    max: 3600,
    placeholder: 'X',
    default: '1',
    summary: 'Speed of the simulated clock; 60 means one minute per second',
  },
  scenario: {
    type: 'string',
    repeatable: true,
    placeholder: 'NAME',
    summary: 'Fault scenario to simulate; see --list-scenarios',
  },
  'list-scenarios': { type: 'boolean', summary: 'List the scenarios and exit' },
  load: {
    type: 'string',
    placeholder: 'FILE',
    summary: 'JSON of ARM resources, as ARM, az or Resource Graph print them, instead of the sample; VM sizes too',
  },
  'env-file': {
    type: 'string',
    aliases: ['write-env'],
    placeholder: 'FILE',
    summary:
      'Write the environment variables as KEY=value lines. Same as --env-file, which Node itself intercepts if the file does not exist yet',
  },
  'write-kubeconfig': {
    type: 'string',
    placeholder: 'FILE',
    summary: 'Write a kubeconfig with a context for each simulated cluster, which has its name',
  },
  'request-log': {
    type: 'string',
    placeholder: 'FILE',
    summary: 'Log each request as a line of JSON: time, method, path, query, status',
  },
  ...replaceOption,
} as const satisfies Options;

type Arguments = ParsedArguments<typeof options>;

const maxLoadBytes = 256 * 1_048_576;

async function loaded(context: Context, file: string): Promise<NonNullable<SimulatorOptions['load']>> {
  const { resourceForms, whatTextIs } = await import('../../../core/resource-shapes.ts');
  const text = new TextDecoder().decode(await context.input(file, maxLoadBytes));
  const documents = jsonDocuments(text);
  if (documents === undefined)
    throw new UsageError(`--load: ${inputName(file)} cannot be loaded: ${whatTextIs(text)}.`, resourceForms);
  return documents;
}

async function untilInterrupted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  // A pending promise does not keep the process alive; the listening sockets do.
  await new Promise<void>((resolve) => {
    signal.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { once: true },
    );
  });
}

/** The files are private, because the environment contains a secret and the kubeconfig a token. */
function outputOf(option: string, file: string | undefined, replaces: OutputOptions['replaces']): OutputFile {
  return { option, file, options: { mode: 0o600, replaces } };
}

/** A kubeconfig that an earlier run wrote: its clusters are on loopback. */
const ownKubeconfig = /^apiVersion: v1\nkind: Config\n[^]*\n +tls-server-name: [0-9a-f]{16}\.kubernetes\.localhost\n/;

/** Resolves when the simulator has ended; `ready` is called once it answers. */
async function serve(context: Context, args: Arguments, ready: (value: JsonObject) => void): Promise<void> {
  const { requireOutputs, writeNamed } = await import('../../named-files.ts');
  const { withSimulator } = await import('../../simulator/with-simulator.ts');
  const environment = outputOf('--write-env', args.envFile, args.force ? 'any' : /^AKS_LOCALDNS_ARM_ENDPOINT=/);
  const requests = outputOf('--request-log', args.requestLog, args.force ? 'any' : /^\{"time":/);
  const kubernetes = outputOf('--write-kubeconfig', args.writeKubeconfig, args.force ? 'any' : ownKubeconfig);
  await requireOutputs(context.files, [{ option: '--load', file: args.load }], [environment, requests, kubernetes]);
  const simulated = {
    scenario: args.scenario,
    ...(args.clusters === undefined ? {} : { clusters: args.clusters }),
    ...(args.seed === undefined ? {} : { seed: args.seed }),
    ...(args.load === undefined ? {} : { load: await loaded(context, args.load) }),
  };
  const log = requests.file === undefined ? undefined : await context.files.log(requests.file, requests.options);
  const options = {
    port: args.port ?? 0,
    speed: args.speed ?? 1,
    onRequest: (entry: RequestLogEntry) => log?.line(JSON.stringify(entry)),
  };
  try {
    await withSimulator(context, simulated, options, async (served) => {
      const { armEndpoint, environment: variables } = served;
      const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
      if (environment.file !== undefined)
        await writeNamed(context.files, environment.file, `${lines.join('\n')}\n`, environment.options);
      if (kubernetes.file !== undefined)
        await writeNamed(context.files, kubernetes.file, served.kubeconfig, kubernetes.options);
      context.say(
        `The simulated Azure listens on ${armEndpoint}. In another shell, run:\n\n${lines.map((line) => `export ${line}`).join('\n')}\n\nPress Ctrl-C to stop it.`,
      );
      context.emit({ type: 'notice', level: 'info', code: 'simulator-ready', message: `Ready: ${armEndpoint}` });
      const named = kubernetes.file === undefined ? {} : { kubeconfig: kubernetes.file };
      ready({ armEndpoint, environment: variables, ...named });
      await untilInterrupted(context.signal);
    });
  } finally {
    await log?.close();
  }
}

export const simulatorStart = defineCommand({
  path: ['simulator', 'start'],
  summary: 'Start a simulated Azure on this machine',
  description:
    'Serves HTTPS on loopback with a temporary certificate authority, and a managed identity endpoint, until interrupted. Nothing is sent to Azure.',
  options,
  examples: [
    { title: 'One minute per second', command: 'aks-localdns simulator start --speed 60 --write-env simulator.env' },
    {
      title: 'Rehearse a blocked drain',
      command: 'aks-localdns simulator start --scenario drain-blocked --speed 60',
    },
    { title: 'The endpoint and the environment for a script', command: 'aks-localdns simulator start -o json' },
    {
      title: 'For kubectl too, with a context for each cluster',
      command: 'aks-localdns simulator start --write-kubeconfig simulator.kubeconfig',
    },
    { title: 'A fleet', command: 'aks-localdns simulator start --clusters 100 --seed 7' },
  ],
  effect: 'none',
  permissions: [],
  columns: [
    { header: 'Scenario', path: 'name' },
    { header: 'Summary', path: 'summary' },
  ],
  run: async (context, args) => {
    if (args.listScenarios) {
      const { scenarios } = await import('../../../simulator/index.ts');
      return { value: scenarios.map(({ name, summary }) => ({ name, summary })) };
    }
    if (args.clusters !== undefined && args.load !== undefined)
      throw new UsageError('--clusters and --load are mutually exclusive.');
    // An error before the simulator answers fails the command; an interrupt before that leaves nothing to print.
    return new Promise((resolve, reject) => {
      const formats = { table: () => '' };
      const until = serve(context, args, (value) => {
        resolve({ value, until, formats });
      });
      until.then(() => {
        resolve({});
      }, reject);
    });
  },
});
