import { isAksId, resourceKind } from './azure-resources.ts';
import { asString, at, isJsonObject, own, type JsonValue } from './json.ts';
import { clip, oneLine } from './text.ts';

/** The commands whose output can be read, for hints. */
export const resourceForms = [
  'Clusters:     az aks list -o json, or az aks show -g GROUP -n CLUSTER -o json',
  'Node pools:   az aks nodepool list -g GROUP --cluster-name CLUSTER -o json',
  'With a query: az graph query -q "resources | where type =~ \'microsoft.containerservice/managedclusters\'" -o json',
  'VM sizes:     az vm list-skus -l REGION --resource-type virtualMachines -o json',
];

/** Describes a text that is not JSON, as the end of a sentence. */
export function whatTextIs(text: string): string {
  return knownText(text) ?? 'it is neither JSON nor one JSON document per line';
}

/** Describes terminal output that was saved to a file; undefined for any other text. */
export function knownText(text: string): string | undefined {
  const start = text.slice(0, 65_536).replace(/^\ufeff/, '');
  if (start.trim() === '') return 'it is empty';
  if (/^\s*['"]?\/subscriptions\//i.test(start)) return 'it is a list of resource ids; use check --from for it';
  if (/^\s*[[{]/.test(start)) return 'it looks like JSON but is truncated or invalid';
  if (/^\S.*\r?\n-{3,}(?:\s+-{3,})*\s*$/m.test(start)) return 'it looks like a table; az writes JSON with -o json';
  if (/^(?:- )?\w[\w.-]*:(?:\s|$)/m.test(start)) return 'it looks like YAML; az writes JSON with -o json';
  return undefined;
}

interface Shape {
  /** The end of a sentence. */
  readonly is: string;
  readonly has: (entry: JsonValue) => boolean;
}

const has =
  (...keys: readonly string[]): Shape['has'] =>
  (entry) =>
    keys.every((key) => own(entry, key) !== undefined);

/** Other documents that users may confuse with Azure resources. */
const shapes: readonly Shape[] = [
  { is: 'it is a Kubernetes object; use the output of az or ARM', has: has('apiVersion', 'kind') },
  { is: 'it is a report of this program; use a file from check --save-facts', has: has('schemaVersion', 'rows') },
  {
    is: 'it is a LocalDNS profile; use --localdns-config for it',
    has: (entry) => at(entry, 'mode') !== undefined && at(entry, 'vmSize') === undefined,
  },
  {
    is: 'it is a node pool without its id; use the output of az without --query',
    has: (entry) => has('vmSize')(entry) || has('osType')(entry),
  },
  { is: 'it is an Azure error', has: has('error') },
];

/** Why an entry cannot be read as a resource, as the end of a sentence. */
export function notAResource(entry: JsonValue): string {
  if (entry === null || typeof entry === 'number' || typeof entry === 'boolean') return 'it is not an object';
  const id = asString(typeof entry === 'string' ? entry : own(entry, 'id'));
  if (id === undefined) return shapes.find((each) => each.has(entry))?.is ?? 'it has no id';
  const shown = `'${clip(oneLine(id), 200)}'`;
  if (!isAksId(id)) return `${shown} is not a supported resource`;
  if (!isJsonObject(entry)) return `${shown} is only a resource id; use az aks show --ids ID -o json`;
  return resourceKind(entry) === undefined ? `${shown} lacks its properties, which a query must keep` : shown;
}
