import { asArray, asString, own, type JsonValue } from '../../core/json.ts';
import { managementGroupNamed, subscriptionsUnder } from '../arm/management-groups.ts';
import type { Subscription, World } from '../world.ts';

export interface GraphScope {
  readonly subscriptions: readonly Subscription[];
  /** More subscriptions than one query takes: the rest is left out. */
  readonly limitHit: boolean;
}

function names(body: JsonValue | undefined, key: string): readonly string[] | undefined {
  const list = own(body, key);
  if (list === undefined || list === null) return undefined;
  const found = asArray(list).flatMap((item) => asString(item) ?? []);
  return found.length === 0 ? undefined : found;
}

/**
 * The subscriptions that are asked for and may be read; undefined where there is none. What may not be read is silently
 * left out.
 */
export function scopeOf(world: World, body: JsonValue | undefined): GraphScope | undefined {
  const { grants, deniedSubscriptions, graph } = world.settings;
  const asked = names(body, 'subscriptions');
  const groups = names(body, 'managementGroups');
  const ids = new Set((asked ?? []).map((id) => id.toLowerCase()));
  for (const name of groups ?? []) {
    const group = managementGroupNamed(world, name);
    for (const id of group === undefined ? [] : subscriptionsUnder(world, group)) ids.add(id.toLowerCase());
  }
  const everything = asked === undefined && groups === undefined;
  const readable = [...world.subscriptions.values()].filter(
    (one) => (everything || ids.has(one.id.toLowerCase())) && !deniedSubscriptions.has(one.id.toLowerCase()),
  );
  if (readable.length === 0 || grants.length === 0) return undefined;
  return {
    subscriptions: readable.slice(0, graph.subscriptionLimit),
    limitHit: readable.length > graph.subscriptionLimit,
  };
}
