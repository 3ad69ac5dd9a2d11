import { asArray, asString, at, isJsonObject, type JsonValue } from '../../../core/json.ts';

/** `kubectl get configmap coredns-custom -o yaml|json`, or a list with it; undefined if `value` is none. */
export function coreDnsCustomMap(value: JsonValue | undefined): JsonValue | undefined {
  const items = asString(at(value, 'kind')) === 'List' ? asArray(at(value, 'items')) : [value];
  return items.find(
    (item) =>
      asString(at(item, 'kind')) === 'ConfigMap' &&
      (at(item, 'metadata', 'name') ?? 'coredns-custom') === 'coredns-custom',
  );
}

/**
 * The domains for which the ConfigMap has rules: the zones of its server blocks (`*.server`), and what the directives
 * of `*.override` name. Patterns that are no name (a regular expression, a prefix) are left out. Source: AKS
 * documentation, coredns-custom.
 */
export function customDomains(configMap: JsonValue): readonly string[] {
  const data = at(configMap, 'data');
  const files = Object.entries(isJsonObject(data) ? data : {});
  const domains = files.flatMap(([name, text]) => {
    const lines = (asString(text) ?? '').split(/\r?\n/).map((line) => line.replace(/(^|\s)#.*/, '').trim());
    if (name.endsWith('.server')) return serverZones(lines);
    return name.endsWith('.override') ? lines.flatMap((line) => overriddenNames(line)) : [];
  });
  return [...new Set(domains.filter((domain) => domainName.test(domain)))];
}

const domainName = /^(?:\.|(?:[A-Za-z0-9_-]{1,63}\.){0,126}[A-Za-z0-9_-]{1,63}\.?)$/;

/** What stands before a brace that is in no other: zones with commas or spaces between, a scheme and a port around. */
function serverZones(lines: readonly string[]): readonly string[] {
  let depth = 0;
  const zones: string[] = [];
  for (const line of lines) {
    if (depth === 0) zones.push(...(line.split('{')[0]?.split(/[\s,]+/) ?? []));
    depth += line.split('{').length - line.split('}').length;
  }
  return zones
    .filter((zone) => !/[{}(]/.test(zone))
    .map((zone) => zone.replace(/^[a-z]+:\/\//, '').replace(/:\d+$/, ''));
}

function overriddenNames(line: string): readonly string[] {
  // Inside of a rewrite with braces the lines begin with the field.
  const whole = line.startsWith('name ') ? `rewrite ${line}` : line;
  const words = whole.split(/\s+/).filter((word) => word !== '{');
  const [directive = '', first = '', ...rest] = words;
  if (directive === 'rewrite') {
    const [field, kind, from, to] = first === 'stop' || first === 'continue' ? rest : [first, ...rest];
    if (field !== 'name') return [];
    if (kind === 'exact' || kind === 'suffix') return from === undefined ? [] : [from.replace(/^\./, '')];
    return to === undefined && kind !== undefined ? [kind] : [];
  }
  if (directive === 'forward' && first !== '.') return [first];
  if (directive === 'template') return rest.slice(1).filter((word) => word !== '.');
  // A line of the hosts plugin: an address, then its names.
  return /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:]+)$/i.test(directive) ? [first, ...rest] : [];
}
