import type { HttpRequest } from '../../core/http.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { OperationShape, World } from '../world.ts';
import type { Reply } from './reply.ts';

export interface Caller {
  readonly objectId: string;
  readonly tenantId: string;
}

/** One request on its way through the simulated Azure. */
export interface Exchange {
  readonly world: World;
  readonly now: number;
  readonly route: Route;
  readonly request: HttpRequest;
  /** The absolute URL, parsed. */
  readonly url: URL;
  /** Names of the path as they were sent. */
  readonly params: Readonly<Record<string, string>>;
  /** Lower-case names. */
  readonly query: ReadonlyMap<string, string>;
  readonly apiVersion: string;
  readonly caller: Caller;
  readonly body: JsonValue | undefined;
  readonly faults: WriteFaults;
}

/** What scenarios do to a write that is accepted; each call counts. */
interface WriteFaults {
  /** The shape of the operation that it starts. */
  operation(): OperationShape | undefined;
  /** What is stored of the properties that were accepted. */
  stored(accepted: JsonObject, before: JsonObject | undefined): JsonObject;
}

type BudgetName =
  | 'clusters.list'
  | 'clusters.listByGroup'
  | 'clusters.get'
  | 'clusters.put'
  | 'agentPools.put'
  | 'operations.get'
  | 'other';

/** One route, as data. */
export interface Route {
  /** Unique; the faults of scenarios refer to it. */
  readonly name: string;
  readonly method: string;
  readonly template: string;
  readonly handler: (exchange: Exchange) => Reply;
  /** The list of api-versions that applies; undefined if none is required. */
  readonly versions?: VersionFamily;
  /** The permission it needs (Azure RBAC); undefined if any caller may. */
  readonly action?: string;
  /** The AKS budget that it takes from, beside ARM's, which every route takes from. */
  readonly budget?: BudgetName;
  /** Answered without a token. */
  readonly anonymous?: boolean;
  /** A write that needs the provider to be registered. */
  readonly needsRegistration?: boolean;
}

export type VersionFamily =
  | 'containerService'
  | 'operations'
  | 'features'
  | 'resources'
  | 'compute'
  | 'authorization'
  | 'insights'
  | 'metadata'
  | 'resourceGraph'
  | 'management'
  | 'network';

/** A parameter that the route's template has. */
export function param(exchange: Exchange, name: string): string {
  const value = exchange.params[name];
  if (value === undefined) throw new Error(`The route ${exchange.route.name} has no parameter ${name}.`);
  return value;
}
