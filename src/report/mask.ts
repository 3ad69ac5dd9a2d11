import { isJsonObject, type JsonValue } from '../core/json.ts';
import type { PrerequisiteReport, Report } from '../model/report.ts';

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const atStart = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?=\/|$)/i;
const afterSubscription =
  /(?:subscriptions?(?:\/|%2f)|--subscription[= ]["']?)([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/gi;

/** `name` is the member that contains the text or the list. */
function eachText(value: JsonValue | undefined, visit: (text: string, name: string) => void, name = ''): void {
  if (typeof value === 'string') visit(value, name);
  else if (Array.isArray(value)) for (const item of value as readonly JsonValue[]) eachText(item, visit, name);
  else if (isJsonObject(value)) for (const [key, member] of Object.entries(value)) eachText(member, visit, key);
}

function mapTexts(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item: JsonValue) => mapTexts(item, change));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, member === undefined ? undefined : mapTexts(member, change)]),
  );
}

function subscriptionIds(report: Report): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (text: string): void => {
    for (const [id] of text.matchAll(guid)) found.add(id.toLowerCase());
  };
  // The target of a subscription row starts with the id; names in the rest may look like ids too.
  for (const row of report.rows) if (row.level === 'subscription') add(atStart.exec(row.target)?.[0] ?? '');
  eachText(report as unknown as JsonValue, (text, name) => {
    if (name === 'subscriptionId') add(text);
    for (const [, id] of text.matchAll(afterSubscription)) if (id !== undefined) found.add(id.toLowerCase());
  });
  return found;
}

/** `c0ffee00-****`. If two ids start alike, the later ones in order get a number to stay distinct. */
function masks(ids: ReadonlySet<string>): ReadonlyMap<string, string> {
  const taken = new Map<string, number>();
  return new Map(
    [...ids].sort().map((id) => {
      const head = id.slice(0, 8);
      const before = taken.get(head) ?? 0;
      taken.set(head, before + 1);
      return [id, before === 0 ? `${head}-****` : `${head}-****-${String(before + 1)}`];
    }),
  );
}

/**
 * The report with masked subscription ids everywhere: in fields, resource ids, targets, fixes and sentences. The same
 * id gets the same mask in every report, unless two subscriptions share their first eight digits.
 */
export function maskIds<R extends Report>(report: R): R {
  const known = masks(subscriptionIds(report));
  if (known.size === 0) return report;
  const masked = mapTexts(report as unknown as JsonValue, (text) =>
    text.replace(guid, (id) => known.get(id.toLowerCase()) ?? id),
  );
  return masked as unknown as R;
}

/** Whether a report's subscription ids are masks. */
export function isMasked(report: PrerequisiteReport): boolean {
  return report.pools.some(({ subscriptionId }) => subscriptionId.includes('-****'));
}
