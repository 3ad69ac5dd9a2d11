import path from 'node:path';
import { CliError, InterruptedError } from '../../core/errors.ts';
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
    summary: 'How fast time runs in the simulation',
  },
} as const satisfies Options;

interface Step {
  readonly title: string;
  readonly command: readonly string[];
  /** Exit codes that belong to the story; 0 where absent. */
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
    title: '3. Which pools of the cluster can have LocalDNS? Exit code 10 says that some cannot.',
    command: ['check', ...cluster, '-o', 'table'],
    exits: [10],
  },
  {
    title: '4. What would turning it on do? Nothing is sent.',
    command: ['nodepool', 'enable', ...pool, '--dry-run', '-o', 'table'],
  },
  {
    title: '5. Turn it on. --yes answers the question that is asked otherwise.',
    command: ['nodepool', 'enable', ...pool, '--yes', '-o', 'table'],
  },
  { title: '6. What Azure stored.', command: ['nodepool', 'show', ...pool, '--query', profileQuery, '-o', 'yaml'] },
  {
    title: '7. Once more: nothing to change, so nothing is sent.',
    command: ['nodepool', 'enable', ...pool, '--yes', '-o', 'table'],
  },
];

const theEnd = `That was a simulation; nothing reached Azure. On real Azure the same commands need no more than a sign-in:

  az login
  aks-localdns setup
  aks-localdns check -g GROUP --cluster-name CLUSTER
  aks-localdns nodepool enable -g GROUP --cluster-name CLUSTER -n POOL
`;

/** Our own environment without anything that points at a real Azure. */
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
    // Ctrl-C reaches the child as well: it has said its word.
    if (context.signal.aborted) throw new InterruptedError();
    if (!exits.includes(code)) {
      throw new CliError({
        code: 'demo-failed',
        message: `The demo stops: this command ended with exit code ${String(code)}.`,
      });
    }
  }
  context.say(`\n${theEnd}`);
}

export const demo = defineCommand({
  path: ['demo'],
  summary: 'Watch the whole main job on a simulated Azure',
  description:
    'Starts the simulator and runs the commands one after the other as child processes: setup, check, the reimage warning, enable, and what Azure stored. Nothing reaches Azure.',
  options,
  examples: [{ title: 'The demo', command: 'aks-localdns demo' }],
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
