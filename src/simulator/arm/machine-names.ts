import { createHash } from 'node:crypto';
import { asString, at, isWord } from '../../core/json.ts';
import type { Cluster, Pool } from '../world.ts';

/** The number in the names of what AKS makes for a cluster. */
export function digitsOf(cluster: Cluster): string {
  const hash = createHash('sha256')
    .update(`${cluster.subscriptionId}/${cluster.resourceGroup}/${cluster.name}`.toLowerCase())
    .digest();
  return String(10_000_000 + (hash.readUInt32BE(0) % 90_000_000));
}

export function nodeResourceGroup(cluster: Cluster): string {
  return (
    asString(at(cluster.resource, 'properties', 'nodeResourceGroup')) ??
    `MC_${cluster.resourceGroup}_${cluster.name}_${cluster.location}`
  );
}

/** One machine of a pool: what ARM calls a machine, and Kubernetes a node. */
interface MachineName {
  readonly name: string;
  /** Below `providers/Microsoft.Compute/` of the node resource group. */
  readonly resource: string;
  readonly address: string;
}

/** Source: AKS overlay: nodes are in 10.224.0.0/16, from .4 on; each pool has a part of its own here. */
function addressOf(cluster: Cluster, pool: Pool, number: number): string {
  const host = [...cluster.pools.values()].indexOf(pool) * 512 + number + 4;
  return `10.224.${String(Math.floor(host / 256))}.${String(host % 256)}`;
}

/** Source: recorded machines, and node names of AKS; those of virtual machines pools are chosen. */
export function machineName(cluster: Cluster, pool: Pool, number: number): MachineName {
  const stem = `aks-${pool.name}-${digitsOf(cluster)}`;
  const address = addressOf(cluster, pool, number);
  if (isWord(pool.properties['type'], 'VirtualMachines')) {
    const name = `${stem}-vms${String(number)}`;
    return { name, resource: `virtualMachines/${name}`, address };
  }
  const set = isWord(pool.properties['osType'], 'Windows') ? `aks${pool.name}` : `${stem}-vmss`;
  return {
    name: `${set}${number.toString(36).padStart(6, '0')}`,
    resource: `virtualMachineScaleSets/${set}/virtualMachines/${String(number)}`,
    address,
  };
}
