import { isAksId, resourceKind } from './azure-resources.ts';
import { asString, at, isJsonObject, own, type JsonValue } from './json.ts';
import { clip, oneLine } from './text.ts';

/** The commands that give what can be read, for hints. */
export const resourceForms = [
  'Clusters:     az aks list -o json, or az aks show -g GROUP -n CLUSTER -o json',
  'Node pools:   az aks nodepool list -g GROUP --cluster-name CLUSTER -o json',
  'With a query: az graph query -q "resources | where type =~ \'microsoft.containerservice/managedclusters\'" -o json',
  'VM sizes:     az vm list-skus -l REGION --resource-type virtualMachines -o json',
];

/** What a text without JSON is, as the end of a sentence. */
export function whatTextIs(text: string): string {
  return knownText(text) ?? 'it is neither JSON nor one JSON document per line';
}

/** The same for what people save of a terminal; undefined for any other text. */
export function knownText(text: string): string | undefined {
  const start = text.slice(0, 65_536).replace(/^\ufeff/, '');
  if (start.trim() === '') return 'it is empty';
  if (/^\s*['"]?\/subscriptions\//i.test(start)) return 'it is a list of resource ids, which check --from takes';
  if (/^\s*[[{]/.test(start)) return 'it begins like JSON, and is cut off or broken';
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

/** Documents that people have beside those of Azure. */
const shapes: readonly Shape[] = [
  { is: 'it is an object of Kubernetes; what is read here comes from az or ARM', has: has('apiVersion', 'kind') },
  { is: 'it is a report of this program; facts are written by check --save-facts', has: has('schemaVersion', 'rows') },
  {
    is: 'it is a LocalDNS profile, which --localdns-config takes',
    has: (entry) => at(entry, 'mode') !== undefined && at(entry, 'vmSize') === undefined,
  },
  {
    is: 'it is a node pool without its id; give it as az prints it, without --query',
    has: (entry) => has('vmSize')(entry) || has('osType')(entry),
  },
  { is: 'it is an error of Azure', has: has('error') },
];

/** Why an entry is not a resource that can be read, as the end of a sentence. */
export function notAResource(entry: JsonValue): string {
  if (entry === null || typeof entry === 'number' || typeof entry === 'boolean') return 'it is not an object';
  const id = asString(typeof entry === 'string' ? entry : own(entry, 'id'));
  if (id === undefined) return shapes.find((each) => each.has(entry))?.is ?? 'it has no id';
  const shown = `'${clip(oneLine(id), 200)}'`;
  if (!isAksId(id)) return `${shown} is not a resource that is known here`;
  if (!isJsonObject(entry)) return `${shown} is a resource id alone; az aks show --ids ID -o json gives the resource`;
  return resourceKind(entry) === undefined ? `${shown} lacks its properties; a query has to keep them` : shown;
}
