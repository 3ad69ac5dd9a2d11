import { asArray, asString, at, isJsonObject, type JsonValue } from '../../../core/json.ts';

/**
 * Finds the ConfigMap in the output of `kubectl get configmap coredns-custom -o yaml|json`, or in a list; else
 * undefined.
 */
export function coreDnsCustomMap(value: JsonValue | undefined): JsonValue | undefined {
  const items = asString(at(value, 'kind')) === 'List' ? asArray(at(value, 'items')) : [value];
  return items.find(
    (item) =>
      asString(at(item, 'kind')) === 'ConfigMap' &&
      (at(item, 'metadata', 'name') ?? 'coredns-custom') === 'coredns-custom',
  );
}

/**
 * The domains with rules in the ConfigMap: the zones of its server blocks (`*.server`) and the names in the directives
 * of `*.override`. Patterns that are not names (a regular expression, a prefix) are left out. Source: AKS
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

/** The zones before each top-level brace, separated by commas or spaces, without their scheme and port. */
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
  // Inside a rewrite block, the lines begin with the field.
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
  // A line of the hosts plugin: an address followed by its names.
  return /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:]+)$/i.test(directive) ? [first, ...rest] : [];
}
