import { asString, at, type JsonObject } from '../../core/json.ts';
import type { DnsFault } from './behaviour.ts';

/** One object of a cluster, replaced as a whole when it changes. */
export interface Stored {
  readonly object: JsonObject;
  /** resourceVersion of its creation, and of its last change. */
  readonly created: number;
  readonly version: number;
}

/** The objects of one resource, by `namespace/name` (`/name` without a namespace), listed in that order. */
export class Collection {
  readonly #items = new Map<string, Stored>();
  #keys: string[] | undefined;

  get size(): number {
    return this.#items.size;
  }

  get(key: string): Stored | undefined {
    return this.#items.get(key);
  }

  set(key: string, stored: Stored): void {
    if (!this.#items.has(key)) this.#keys = undefined;
    this.#items.set(key, stored);
  }

  delete(key: string): void {
    if (this.#items.delete(key)) this.#keys = undefined;
  }

  /** In the order of the keys, those after a key alone if one is given. */
  *after(key: string): Generator<readonly [string, Stored]> {
    this.#keys ??= [...this.#items.keys()].sort();
    const keys = this.#keys;
    let [low, high] = [0, keys.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((keys[middle] ?? '') <= key) low = middle + 1;
      else high = middle;
    }
    for (let index = low; index < keys.length; index += 1) {
      const found = keys[index] ?? '';
      const stored = this.#items.get(found);
      if (stored !== undefined) yield [found, stored];
    }
  }
}

/** The life of a pod that was made through the API. */
interface PodRun {
  readonly node: string;
  readonly starts: number;
  readonly ends: number;
  readonly log: string;
  readonly exitCode: number;
  /** Whether its image could be pulled. */
  readonly pulls: boolean;
}

/** An object that was deleted, for those who watch. */
interface Tombstone {
  readonly resource: string;
  readonly version: number;
  readonly object: JsonObject;
}

/** What the API server of one cluster remembers. */
export interface KubernetesState {
  /** By `group/plural`. */
  readonly collections: Map<string, Collection>;
  /** Pods by `namespace/name`; those of the start have none. */
  readonly runs: Map<string, PodRun>;
  /** Keys of pods whose state changes with time. */
  readonly moving: Set<string>;
  /** When deleted pods go away, by key. */
  readonly leaving: Map<string, number>;
  readonly tombstones: Tombstone[];
  /** What the nodes of a pool were derived from. */
  readonly derived: Map<
    string,
    {
      readonly properties: JsonObject;
      readonly version: number;
      readonly behaviour: string;
      readonly names: readonly string[];
    }
  >;
  /** How LocalDNS of each node is: by its name. */
  readonly dns: Map<string, NodeDns>;
  version: number;
  serial: number;
}

export interface NodeDns {
  readonly on: boolean;
  readonly fault: DnsFault | undefined;
  /** Without room for another pod. */
  readonly full: boolean;
  /** When it was last imaged. */
  readonly reimaged: number;
}

export function emptyState(): KubernetesState {
  return {
    collections: new Map(),
    runs: new Map(),
    moving: new Set(),
    leaving: new Map(),
    tombstones: [],
    derived: new Map(),
    dns: new Map(),
    version: 1000,
    serial: 0,
  };
}

export function collectionOf(state: KubernetesState, resource: string): Collection {
  const known = state.collections.get(resource);
  if (known !== undefined) return known;
  const made = new Collection();
  state.collections.set(resource, made);
  return made;
}

export function keyOf(object: JsonObject): string {
  return `${asString(at(object, 'metadata', 'namespace')) ?? ''}/${asString(at(object, 'metadata', 'name')) ?? ''}`;
}

/** Stores an object as it is now, under a new resourceVersion; its uid and time of creation stay. */
export function put(state: KubernetesState, resource: string, object: JsonObject, now: number): Stored {
  const collection = collectionOf(state, resource);
  const key = keyOf(object);
  const before = collection.get(key);
  state.version += 1;
  state.serial += before === undefined ? 1 : 0;
  const metadata = at(object, 'metadata') as JsonObject;
  const stored: Stored = {
    created: before?.created ?? state.version,
    version: state.version,
    object: {
      ...object,
      metadata: {
        ...metadata,
        uid: at(before?.object, 'metadata', 'uid') ?? metadata['uid'] ?? uid(state.serial),
        resourceVersion: String(state.version),
        creationTimestamp:
          at(before?.object, 'metadata', 'creationTimestamp') ?? metadata['creationTimestamp'] ?? second(now),
      },
    },
  };
  collection.set(key, stored);
  return stored;
}

const mostTombstones = 1000;

export function remove(state: KubernetesState, resource: string, key: string): void {
  const collection = collectionOf(state, resource);
  const gone = collection.get(key);
  if (gone === undefined) return;
  collection.delete(key);
  state.version += 1;
  state.tombstones.push({ resource, version: state.version, object: gone.object });
  if (state.tombstones.length > mostTombstones) state.tombstones.shift();
}

function uid(serial: number): string {
  return `5a11e000-0000-4000-8000-${serial.toString(16).padStart(12, '0')}`;
}

/** Kubernetes writes times in whole seconds. */
export function second(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}
