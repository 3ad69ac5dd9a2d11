import type { HttpHandler } from '../core/http.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { Clock } from '../core/ports.ts';
import type { TokenOptions } from './arm/token.ts';
import type { Fleet } from './sample/fleet.ts';
import type { CommandOutcome } from './world.ts';

export interface SimulatorOptions {
  readonly clock: Pick<Clock, 'now'>;
  /**
   * The base of the absolute URLs that it hands out (operations, nextLink); `https://management.azure.com` unless told
   * otherwise.
   */
  readonly origin?: string;
  readonly scenario?: string | readonly string[];
  /** A generated fleet of so many clusters in place of the sample. */
  readonly clusters?: number;
  /** The same seed gives the same fleet, ids and eTags. */
  readonly seed?: number;
  /** ARM resources in place of the sample. */
  readonly load?: JsonValue;
  /** Unknown routes are remembered in any case; taken for the sake of callers that say so aloud. */
  readonly strict?: boolean;
  /** What a run command answers; exit code 0 and no output unless told otherwise. */
  readonly runCommand?: (command: string) => CommandOutcome;
}

export interface RequestLogEntry {
  /** ISO 8601. */
  readonly time: string;
  readonly method: string;
  readonly path: string;
  /** Without `?`; signature values are hidden. */
  readonly query: string;
  /** 0 where the connection ended without an answer. */
  readonly status: number;
}

export interface Simulator {
  readonly handle: HttpHandler;
  /**
   * A bearer token that it accepts; another `caller` is another principal. `expiresOn` is in seconds since the epoch.
   */
  issueToken(options?: TokenOptions): { token: string; expiresOn: number };
  readonly requests: readonly RequestLogEntry[];
  /** `METHOD path` of every request that no route answered. Tests assert that it is empty. */
  readonly unknownRoutes: readonly string[];
  readonly origin: string;
  setOrigin(origin: string): void;
  now(): number;
  /** Adds a scenario to those at work. @throws UsageError for a name that is none. */
  useScenario(name: string): void;
  /** The stored properties of a pool; `cluster` is a name, or `group/name`. */
  pool(cluster: string, pool: string): JsonObject | undefined;
  /** Somebody else changes a pool's stored properties; its eTag changes too. */
  changePool(cluster: string, pool: string, change: (properties: JsonObject) => JsonObject): void;
  /** The generated fleet, before scenarios and later changes; undefined for the sample and for what was loaded. */
  readonly fleet: Fleet | undefined;
  /** How many node reimages a pool has had. */
  reimagedNodes(cluster: string, pool: string): number;
}
