import { resourcesIn } from '../../core/azure-resources.ts';
import { UsageError } from '../../core/errors.ts';
import { jsonDocuments } from '../../core/json-documents.ts';
import { asString, isJsonObject, own } from '../../core/json.ts';
import { knownText, notAResource, resourceForms } from '../../core/resource-shapes.ts';
import { clip, oneLine } from '../../core/text.ts';
import { clusterKey, parseAksId, type ClusterRef } from '../../model/ids.ts';

/** 100,000 ids of 160 characters. */
export const maxIdsBytes = 16 * 1_048_576;
export const maxIds = 100_000;

/** A named cluster, or one of which pools are named. */
export interface NamedCluster extends ClusterRef {
  /** Undefined means all pools. */
  readonly pools: ReadonlySet<string> | undefined;
}

interface Entry {
  readonly text: string;
  /** `line 3`, `item 3`. */
  readonly where: string;
}

const forms = [
  'Cluster:   /subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.ContainerService/managedClusters/CLUSTER',
  'Node pool: the same with /agentPools/POOL at its end',
  'IDs alone: az aks list --query "[].id" -o tsv',
];

/** One id a line; people paste them with the quotes and commas of a list. */
function linesOf(text: string): readonly Entry[] {
  return text.split('\n').flatMap((line, index) => {
    const word = line
      .replace(/(^|\s)#[^]*$/, '')
      .trim()
      .replace(/^(['"])(.*)\1,?$/, '$2');
    return word === '' ? [] : [{ text: word, where: `line ${String(index + 1)}` }];
  });
}

/** The ids of clusters and node pools; what else of Azure stands beside them is passed over. */
function entriesOf(text: string, name: string): readonly Entry[] {
  const documents = /^\s*[[{"]/.test(text) ? jsonDocuments(text) : undefined;
  if (documents === undefined) {
    const lines = linesOf(text);
    const other = lines.some((line) => line.text.startsWith('/')) || lines.length === 0 ? undefined : knownText(text);
    if (other === undefined) return lines;
    throw new UsageError(`--from: ${name} cannot be read: ${other}.`, [...forms, ...resourceForms]);
  }
  return resourcesIn(documents).flatMap(({ entry, kind }, index) => {
    if (kind !== undefined && kind !== 'cluster' && kind !== 'pool') return [];
    const where = `item ${String(index + 1)}`;
    const id = asString(isJsonObject(entry) ? own(entry, 'id') : entry)?.trim();
    if (id === undefined)
      throw new UsageError(`--from: ${name}, ${where}: ${notAResource(entry)}.`, [...forms, ...resourceForms]);
    return [{ text: id, where }];
  });
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`--from: ${name} is not UTF-8 text.`);
  }
}

/**
 * The clusters that a file names, without duplicates, in the order of the file. If it names a cluster and also pools of
 * it, all of its pools are included.
 * @param name what the file is called in messages, ready to print
 * @throws UsageError with the line or item that is not an id, or if there are no ids or too many
 */
export function readResourceIds(bytes: Uint8Array, name: string): readonly NamedCluster[] {
  const entries = entriesOf(decode(bytes, name), name);
  if (entries.length === 0) throw new UsageError(`--from: ${name} names no cluster.`, [...forms, ...resourceForms]);
  const clusters = new Map<string, ClusterRef & { readonly pools: Set<string>; whole: boolean }>();
  let ids = 0;
  for (const { text, where } of entries) {
    const id = parseAksId(text.replace(/\/$/, ''));
    if (id === undefined)
      throw new UsageError(
        `--from: ${name}, ${where}: '${clip(oneLine(text), 200)}' is not the resource id of an AKS cluster or node pool.`,
        forms,
      );
    const { pool, ...ref } = id;
    const key = clusterKey(ref);
    const found = clusters.get(key) ?? { ...ref, pools: new Set<string>(), whole: false };
    clusters.set(key, found);
    const known = pool === undefined ? found.whole : found.pools.has(pool);
    if (pool === undefined) found.whole = true;
    else found.pools.add(pool);
    if (!known) ids += 1;
    if (ids > maxIds)
      throw new UsageError(`--from: ${name} names more than ${String(maxIds)} ids.`, [
        'Split the file, or use --subscription, --management-group or --all-subscriptions.',
      ]);
  }
  return [...clusters.values()].map(({ whole, pools, ...ref }) => ({ ...ref, pools: whole ? undefined : pools }));
}
