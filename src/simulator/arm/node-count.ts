import { asNumber, at, isWord, listOf, own, type JsonObject, type JsonValue } from '../../core/json.ts';

function sum(entries: readonly JsonValue[]): number {
  return entries.reduce((nodes: number, entry) => nodes + (asNumber(own(entry, 'count')) ?? 0), 0);
}

/** Source: AKS docs, virtual machines node pools: such a pool has a count for each size, and none of its own. */
export function nodeCount(properties: JsonObject): number {
  const count = asNumber(properties['count']);
  if (count !== undefined || !isWord(properties['type'], 'VirtualMachines')) return count ?? 0;
  const status = listOf(properties['virtualMachineNodesStatus']);
  return sum(status.length > 0 ? status : listOf(at(properties, 'virtualMachinesProfile', 'scale', 'manual')));
}
