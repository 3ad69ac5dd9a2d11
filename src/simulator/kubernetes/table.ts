import {
  asArray,
  asNumber,
  asString,
  at,
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../../core/json.ts';

interface Column {
  readonly name: string;
  readonly cell: (object: JsonObject, now: number) => JsonValue;
  /** Shown by `-o wide` only. */
  readonly wide?: boolean;
}

function count(object: JsonObject, ...path: readonly string[]): number {
  return asNumber(at(object, ...path)) ?? 0;
}

function word(object: JsonObject, ...path: readonly string[]): string {
  const value = at(object, ...path);
  return asString(value) ?? (typeof value === 'number' ? String(value) : '');
}

/** Source: apimachinery, HumanDuration: one unit, two for the small ones. */
function age(object: JsonObject, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(word(object, 'metadata', 'creationTimestamp'))) / 1000));
  if (seconds < 120) return `${String(seconds)}s`;
  if (seconds < 7200) return `${String(Math.floor(seconds / 60))}m`;
  return seconds < 48 * 3600 ? `${String(Math.floor(seconds / 3600))}h` : `${String(Math.floor(seconds / 86_400))}d`;
}

const nameColumn: Column = { name: 'Name', cell: (object) => word(object, 'metadata', 'name') };
const ageColumn: Column = { name: 'Age', cell: age };

function readyOf(object: JsonObject): string {
  const ready = asArray(at(object, 'status', 'conditions')).find((each) => own(each, 'type') === 'Ready');
  return own(ready, 'status') === 'True' ? 'Ready' : 'NotReady';
}

function statuses(pod: JsonObject): readonly JsonObject[] {
  return asArray(at(pod, 'status', 'containerStatuses')).filter((each) => isJsonObject(each));
}

/** What `kubectl get pods` shows: why a container waits or ended, before the phase. */
function podStatus(pod: JsonObject): string {
  if (at(pod, 'metadata', 'deletionTimestamp') !== undefined) return 'Terminating';
  const reasons = statuses(pod).map(
    ({ state }) => asString(at(state, 'waiting', 'reason')) ?? asString(at(state, 'terminated', 'reason')),
  );
  return (
    reasons.find((reason) => reason !== undefined) ?? (word(pod, 'status', 'reason') || word(pod, 'status', 'phase'))
  );
}

function replicas(object: JsonObject): string {
  return `${String(count(object, 'status', 'readyReplicas'))}/${String(count(object, 'spec', 'replicas'))}`;
}

/** By kind; the others have name and age. */
const columns: Readonly<Record<string, readonly Column[]>> = {
  Node: [
    { name: 'Status', cell: readyOf },
    { name: 'Roles', cell: () => '<none>' },
    ageColumn,
    { name: 'Version', cell: (node) => word(node, 'status', 'nodeInfo', 'kubeletVersion') },
    {
      name: 'Internal-IP',
      wide: true,
      cell: (node) => word(asArray(at(node, 'status', 'addresses'))[0] as JsonObject, 'address'),
    },
    { name: 'OS-Image', wide: true, cell: (node) => word(node, 'status', 'nodeInfo', 'osImage') },
  ],
  Pod: [
    {
      name: 'Ready',
      cell: (pod) => {
        const ready = statuses(pod).filter((each) => each['ready'] === true).length;
        return `${String(ready)}/${String(asArray(at(pod, 'spec', 'containers')).length)}`;
      },
    },
    { name: 'Status', cell: podStatus },
    { name: 'Restarts', cell: (pod) => statuses(pod).reduce((sum, each) => sum + count(each, 'restartCount'), 0) },
    ageColumn,
    { name: 'IP', wide: true, cell: (pod) => word(pod, 'status', 'podIP') || '<none>' },
    { name: 'Node', wide: true, cell: (pod) => word(pod, 'spec', 'nodeName') || '<none>' },
  ],
  Deployment: [{ name: 'Ready', cell: replicas }, ageColumn],
  StatefulSet: [{ name: 'Ready', cell: replicas }, ageColumn],
  ReplicaSet: [{ name: 'Ready', cell: replicas }, ageColumn],
  DaemonSet: [
    { name: 'Desired', cell: (set) => count(set, 'status', 'desiredNumberScheduled') },
    { name: 'Ready', cell: (set) => count(set, 'status', 'numberReady') },
    ageColumn,
  ],
  PodDisruptionBudget: [
    { name: 'Min Available', cell: (budget) => word(budget, 'spec', 'minAvailable') || 'N/A' },
    { name: 'Max Unavailable', cell: (budget) => word(budget, 'spec', 'maxUnavailable') || 'N/A' },
    { name: 'Allowed Disruptions', cell: (budget) => count(budget, 'status', 'disruptionsAllowed') },
    ageColumn,
  ],
  Event: [
    { name: 'Last Seen', cell: age },
    { name: 'Type', cell: (event) => word(event, 'type') },
    { name: 'Reason', cell: (event) => word(event, 'reason') },
    { name: 'Object', cell: (event) => `pod/${word(event, 'involvedObject', 'name')}` },
    { name: 'Message', cell: (event) => word(event, 'message') },
  ],
};

export function wantsTable(accept: string | undefined): boolean {
  return accept?.includes('as=Table') === true;
}

/** Objects as `kubectl get` prints them: the server decides on columns and cells. */
export function tableOf(kind: string, metadata: JsonObject, objects: readonly JsonObject[], now: number): JsonObject {
  const shown = [nameColumn, ...(columns[kind] ?? [ageColumn])];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: shown.map(({ name, wide }) => ({
      name,
      type: 'string',
      format: name === 'Name' ? 'name' : '',
      description: '',
      priority: wide === true ? 1 : 0,
    })),
    rows: objects.map((object) => ({
      cells: shown.map(({ cell }) => cell(object, now)),
      object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object['metadata'] ?? {} },
    })),
  };
}
