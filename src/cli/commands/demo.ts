import path from 'node:path';
import { CliError, InterruptedError } from '../../core/errors.ts';
import { exitCode } from '../../core/exit-codes.ts';
import { shellLine } from '../../core/text.ts';
import type { Context } from '../framework/context.ts';
import { defineCommand, type Options } from '../framework/definition.ts';

const options = {
  speed: {
    type: 'integer',
    min: 1,
    max: 3600,
    placeholder: 'X',
    default: '30',
    summary: 'Speed of the simulated clock',
  },
} as const satisfies Options;

interface Step {
  readonly title: string;
  readonly command: readonly string[];
  /** Expected exit codes; 0 if absent. */
  readonly exits?: readonly number[];
}

const cluster = ['-g', 'rg-demo', '--cluster-name', 'aks-demo'];
const pool = [...cluster, '-n', 'userpool'];
const profileQuery =
  'localDNSProfile.{mode: mode, state: state, kubeZones: keys(kubeDNSOverrides), vnetZones: keys(vnetDNSOverrides)}';

const story: readonly Step[] = [
  { title: '1. The feature is not registered yet.', command: ['feature', 'show', '-o', 'table'] },
  {
    title: '2. Prepare the subscription: register the feature, wait for it, refresh the provider.',
    command: ['setup', '-o', 'table'],
  },
  {
    title: '3. Check which node pools meet the prerequisites. Exit code 10 means that some do not.',
    command: ['check', ...cluster, '-o', 'table'],
    exits: [10],
  },
  {
    title: '4. Show what enabling LocalDNS would do. Nothing is sent.',
    command: ['nodepool', 'enable', ...pool, '--dry-run', '-o', 'table'],
  },
  {
    title: '5. Enable LocalDNS. --yes skips the confirmation prompt.',
    command: ['nodepool', 'enable', ...pool, '--yes', '-o', 'table'],
  },
  {
    title: '6. Show what Azure stored.',
    command: ['nodepool', 'show', ...pool, '--query', profileQuery, '-o', 'yaml'],
  },
  {
    title: '7. Enable it again: nothing to change, so nothing is sent.',
    command: ['nodepool', 'enable', ...pool, '--yes', '-o', 'table'],
  },
];

const theEnd = `This was a simulation; nothing was sent to Azure. On Azure, sign in and run the same commands:

  az login
  aks-localdns setup
  aks-localdns check -g GROUP --cluster-name CLUSTER
  aks-localdns nodepool enable -g GROUP --cluster-name CLUSTER -n POOL
`;

/** The current environment without anything that points to real Azure. */
function isolated(
  env: Context['env'],
  simulated: Readonly<Record<string, string>>,
  directory: string,
): Record<string, string | undefined> {
  const kept = Object.entries(env).filter(
    ([name]) => !/^(AZURE|AKS_LOCALDNS|IDENTITY|MSI|ARM)_/.test(name) && !/^https?_proxy$/i.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    ...simulated,
    AZURE_CONFIG_DIR: path.join(directory, 'azure'),
    AKS_LOCALDNS_CACHE_DIR: path.join(directory, 'cache'),
    AKS_LOCALDNS_SIGN_IN: 'managed-identity',
  };
}

async function tell(context: Context, env: Record<string, string | undefined>): Promise<void> {
  const { runSelf } = await import('../../adapters/system/child.ts');
  for (const { title, command, exits = [0] } of story) {
    context.say(`\n${title}\n$ ${shellLine(['aks-localdns', ...command])}\n`);
    const code = await runSelf(command, env);
    // Ctrl-C also reaches the child, which reports it and may end before this process receives the signal.
    if (context.signal.aborted || code === exitCode('interrupted')) throw new InterruptedError();
    if (!exits.includes(code)) {
      throw new CliError({
        code: 'demo-failed',
        message: `The demo stopped because this command failed with exit code ${String(code)}.`,
      });
    }
  }
  context.say(`\n${theEnd}`);
}

export const demo = defineCommand({
  path: ['demo'],
  summary: 'Run a demo on a simulated Azure',
  description:
    'Starts the simulator and runs the main commands one after another: setup, check, the reimage warning, enable, and the stored result. Nothing is sent to Azure.',
  options,
  examples: [{ title: 'Run the demo', command: 'aks-localdns demo' }],
  effect: 'none',
  permissions: [],
  run: async (context, args) => {
    const { withSimulator } = await import('../simulator/with-simulator.ts');
    await withSimulator(context, {}, { speed: args.speed ?? 30 }, async ({ environment }, directory) =>
      tell(context, isolated(context.env, environment, directory)),
    );
    return {};
  },
});
