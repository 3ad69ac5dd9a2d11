import { CliError } from '../../core/errors.ts';
import { asArray, asNumber, asString, at, own, type JsonObject } from '../../core/json.ts';
import type { Clock } from '../../core/ports.ts';
import { safeText } from '../../core/redact.ts';
import { Secret } from '../../core/secret.ts';
import { duration } from '../../core/text.ts';
import { AzureError } from '../../model/azure-error.ts';
import type { ClusterRef } from '../../model/ids.ts';
import type { ClusterAccess, RunCommandRequest, RunCommandResult } from '../../model/kubernetes.ts';
import type { ArmAnswer } from './arm/answer.ts';
import type { ArmClient } from './arm/client.ts';
import { clusterPath } from './arm/urls.ts';
import type { ContainerServiceVersions } from './arm/versions.ts';
import { answerWithout } from './errors/classify.ts';
import type { Budgets } from './operations/budgets.ts';
import type { Sessions } from './session/sessions.ts';

interface AccessTools {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A command takes some seconds, and each poll counts against the shared request budget. */
const pollSeconds = 2;

/** The usual cause of the reasons that Azure gives. Source: AKS docs, access to private clusters with run command. */
const podHints = [
  'A command runs as a pod in the namespace aks-command: it needs free capacity on a node and access to mcr.microsoft.com.',
];

function disabled(cause?: unknown): CliError {
  return new CliError({
    code: 'run-command-disabled',
    message: 'Run command is switched off on the cluster (apiServerAccessProfile.disableRunCommand).',
    hints: ['Use --via kubectl or --via credentials from a machine that reaches the API server.'],
    cause,
  });
}

function notRun(why: string, hints: readonly string[] = podHints): CliError {
  return new CliError({
    code: 'run-command-failed',
    message: `Azure could not run the command in the cluster: ${why}.`,
    hints,
  });
}

/** Undefined while it runs. @throws CliError `run-command-failed` */
function resultOf(answer: ArmAnswer): RunCommandResult | undefined {
  if (answer.status === 202) return undefined;
  const properties = own(answer.body, 'properties');
  const state = asString(own(properties, 'provisioningState'))?.toLowerCase();
  if (state === undefined) throw answerWithout(answer, 'the result of the command');
  const exitCode = asNumber(own(properties, 'exitCode'));
  if (state === 'succeeded' && exitCode !== undefined)
    return { exitCode, logs: asString(own(properties, 'logs')) ?? '' };
  if (state !== 'succeeded' && state !== 'failed' && state !== 'canceled') return undefined;
  const reason = asString(own(properties, 'reason')) ?? asString(own(properties, 'logs')) ?? '';
  const said = safeText(reason, 300).replace(/\.$/, '');
  throw notRun(said === '' ? 'it gave no reason' : said);
}

/** Access to the API server of a cluster through Azure: its kubeconfig, a token for it, and run command. */
export function createClusterAccess(
  client: ArmClient,
  versions: ContainerServiceVersions,
  budgets: Budgets,
  sessions: Sessions,
  { clock, signal }: AccessTools,
): ClusterAccess {
  async function start(
    ref: ClusterRef,
    { command, files, token, evenIfInterrupted }: RunCommandRequest,
    signal: AbortSignal,
  ): Promise<ArmAnswer> {
    const body: JsonObject = {
      command,
      context: files === undefined ? '' : Buffer.from(files).toString('base64'),
      clusterToken: token?.reveal() ?? '',
    };
    try {
      const written = await versions.with(ref.subscriptionId, async (apiVersion) =>
        client.write(ref.subscriptionId, {
          method: 'POST',
          to: { path: `${clusterPath(ref)}/runCommand`, apiVersion },
          body,
          signal,
          evenIfInterrupted,
        }),
      );
      if (written.kind === 'answered') return written.answer;
      throw notRun(`the answer was lost (${written.reason.replace(/\.$/, '')})`, ['Try again.']);
    } catch (error) {
      if (error instanceof AzureError && error.subcode === 'RunCommandDisabled') throw disabled(error);
      throw error;
    }
  }

  return {
    userKubeconfig: async (ref) => {
      await budgets.take('other', ref.subscriptionId, signal);
      return versions.with(ref.subscriptionId, async (apiVersion) =>
        client.read(
          ref.subscriptionId,
          { method: 'POST', to: { path: `${clusterPath(ref)}/listClusterUserCredential`, apiVersion } },
          (answer) => {
            const [first] = asArray(own(answer.body, 'kubeconfigs'));
            const value = asString(own(first, 'value'));
            if (value === undefined) throw answerWithout(answer, 'the kubeconfig of the cluster');
            return new Secret(Buffer.from(value, 'base64').toString('utf8'));
          },
        ),
      );
    },
    clusterToken: async (ref) => new Secret(await sessions.of(ref.subscriptionId).clusterTokens.token()),
    runCommand: async (ref, request) => {
      const { signal: given, evenIfInterrupted = false } = request;
      const until = AbortSignal.any([...(evenIfInterrupted ? [] : [signal]), ...(given === undefined ? [] : [given])]);
      const deadline = clock.now() + request.timeoutSeconds * 1000;
      await budgets.take('other', ref.subscriptionId, until);
      let answer = await start(ref, request, until);
      let location = answer.headers['location'];
      for (;;) {
        // The first answer may already contain the result; without a body it only contains its URL.
        const isResult = answer.status === 200 && at(answer.body, 'properties') !== undefined;
        const result = isResult ? resultOf(answer) : undefined;
        if (result !== undefined) return result;
        if (location === undefined) throw answerWithout(answer, 'the address of the result of the command');
        if (clock.now() >= deadline) throw notRun(`it did not finish within ${duration(request.timeoutSeconds)}`);
        await clock.sleep((answer.retryAfterSeconds ?? pollSeconds) * 1000, until);
        await budgets.take('other', ref.subscriptionId, until);
        const url = location;
        answer = await client.read(
          ref.subscriptionId,
          { method: 'GET', to: { url }, signal: until, evenIfInterrupted },
          (read) => {
            if (read.status !== 202) resultOf(read);
            return read;
          },
        );
        location = answer.headers['location'] ?? location;
      }
    },
  };
}
