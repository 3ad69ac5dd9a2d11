import { asString, at, own } from '../../core/json.ts';
import type { Cluster, RunCommand } from '../world.ts';
import { checkRunning } from './conflicts.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { clusterTemplate, onCluster } from './lookup.ts';
import { ok, providerError, reply, type Reply } from './reply.ts';

function resultUrl(exchange: Exchange, cluster: Cluster, command: RunCommand): string {
  const { world, apiVersion } = exchange;
  return `${world.origin}/subscriptions/${cluster.subscriptionId}/resourceGroups/${cluster.resourceGroup}/providers/Microsoft.ContainerService/managedclusters/${cluster.name}/commandResults/${command.id}?api-version=${apiVersion}`;
}

/** Source: recorded run command: 202, Location alone, no body. */
function run(exchange: Exchange, cluster: Cluster): Reply {
  const { world, now } = exchange;
  const stopped = checkRunning(cluster);
  if (stopped !== undefined) return stopped;
  if (at(cluster.resource, 'properties', 'apiServerAccessProfile', 'disableRunCommand') === true) {
    return providerError(400, 'BadRequest', 'Run command is disabled on the managed cluster.', {
      subcode: 'RunCommandDisabled',
    });
  }
  const text = asString(own(exchange.body, 'command')) ?? '';
  if (text === '')
    return providerError(400, 'InvalidParameter', 'The value of parameter command is invalid.', { target: 'command' });
  const command: RunCommand = {
    id: world.random.hex(32),
    start: now,
    end: now + world.settings.timing.command * 1000,
    outcome: undefined,
  };
  const outcome = world.runCommand(text, asString(own(exchange.body, 'context')) ?? '', cluster);
  if (outcome instanceof Promise)
    void outcome.then(
      (later) => {
        command.outcome = later;
      },
      (error: unknown) => {
        command.outcome = { exitCode: 0, logs: '', reason: error instanceof Error ? error.message : String(error) };
      },
    );
  else command.outcome = outcome;
  world.commands.set(command.id, command);
  return reply(202, undefined, { location: resultUrl(exchange, cluster, command) });
}

function second(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Source: recorded polls: 202 with the state and Location again while it runs, then 200. */
function result(exchange: Exchange, cluster: Cluster): Reply {
  const command = exchange.world.commands.get(param(exchange, 'command'));
  if (command === undefined) return providerError(404, 'NotFound', 'The command result was not found.');
  if (exchange.now < command.end || command.outcome === undefined) {
    return reply(
      202,
      { id: command.id, properties: { provisioningState: 'Running' } },
      { location: resultUrl(exchange, cluster, command) },
    );
  }
  const { exitCode, logs, reason } = command.outcome;
  const times = { startedAt: second(command.start), finishedAt: second(command.end) };
  if (reason !== undefined)
    return ok({ id: command.id, properties: { provisioningState: 'Failed', ...times, reason } });
  return ok({ id: command.id, properties: { provisioningState: 'Succeeded', exitCode, ...times, logs } });
}

const action = 'Microsoft.ContainerService/managedClusters';

export const runCommandRoutes: readonly Route[] = [
  {
    name: 'runCommand.post',
    method: 'POST',
    template: `${clusterTemplate}/runCommand`,
    handler: onCluster(run),
    versions: 'containerService',
    action: `${action}/runcommand/action`,
    budget: 'other',
  },
  {
    name: 'runCommand.result',
    method: 'GET',
    template: `${clusterTemplate}/commandResults/{command}`,
    handler: onCluster(result),
    versions: 'containerService',
    action: `${action}/commandResults/read`,
    budget: 'other',
  },
];
