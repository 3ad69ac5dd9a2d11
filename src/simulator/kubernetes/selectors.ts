import { asString, at, isJsonObject, own, type JsonObject } from '../../core/json.ts';

type Matcher = (object: JsonObject) => boolean;

const name = String.raw`[A-Za-z0-9](?:[\w./-]*[A-Za-z0-9])?`;
const requirement = new RegExp(
  String.raw`^(?:(!)\s*(${name})|(${name})\s*(?:(==|=|!=)\s*([\w.-]*)|\s(in|notin)\s*\(([^()]*)\))?)$`,
);

function labelOf(object: JsonObject, key: string): string | undefined {
  return asString(own(at(object, 'metadata', 'labels'), key));
}

/** `a=b,c in (d, e),!f` cut at the commas outside of parentheses. */
function parts(selector: string): readonly string[] {
  return selector
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function labelMatcher(part: string): Matcher | undefined {
  const [whole, not, absent, key = '', operator, value, setOperator, set] = requirement.exec(part) ?? [];
  if (whole === undefined) return undefined;
  if (not !== undefined) return (object) => labelOf(object, absent ?? '') === undefined;
  if (operator === '!=') return (object) => labelOf(object, key) !== value;
  if (operator !== undefined) return (object) => labelOf(object, key) === value;
  if (setOperator === undefined) return (object) => labelOf(object, key) !== undefined;
  const values = new Set((set ?? '').split(',').map((each) => each.trim()));
  const wanted = setOperator === 'in';
  return (object) => values.has(labelOf(object, key) ?? '\0') === wanted;
}

/** The matcher of a label selector; undefined if it cannot be parsed. */
export function labelSelector(selector: string): Matcher | undefined {
  const matchers = parts(selector).map((part) => labelMatcher(part));
  return matchers.includes(undefined) ? undefined : (object) => matchers.every((matcher) => matcher?.(object) === true);
}

/** Source: Kubernetes: the fields of a pod that can be selected by; others have metadata.name and .namespace. */
const fields: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec.nodeName', 'spec.restartPolicy', 'spec.serviceAccountName', 'status.phase', 'status.podIP'],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'reason',
    'type',
    'reportingComponent',
  ],
  Node: ['spec.unschedulable'],
  Namespace: ['status.phase'],
};

function fieldOf(object: JsonObject, path: string): string {
  const value = at(object, ...path.split('.'));
  return typeof value === 'boolean' ? String(value) : (asString(value) ?? '');
}

/** The matcher of a field selector, or the field that cannot be selected by. */
export function fieldSelector(kind: string, selector: string): Matcher | { readonly unknown: string } {
  const known = new Set(['metadata.name', 'metadata.namespace', ...(fields[kind] ?? [])]);
  const matchers: Matcher[] = [];
  for (const part of parts(selector)) {
    const [, field = part, operator, value = ''] = /^([\w.]+)\s*(==|=|!=)\s*(.*)$/.exec(part) ?? [];
    if (operator === undefined || !known.has(field)) return { unknown: field };
    matchers.push((object) => (fieldOf(object, field) === value) === (operator !== '!='));
  }
  return (object) => matchers.every((matcher) => matcher(object));
}

/** Whether labels meet a selector object (`matchLabels`, `matchExpressions`). */
export function meets(selector: JsonObject, labels: JsonObject): boolean {
  const wanted = own(selector, 'matchLabels');
  const equal = Object.entries(isJsonObject(wanted) ? wanted : {}).every(([key, value]) => own(labels, key) === value);
  const expressions = own(selector, 'matchExpressions');
  return equal && (Array.isArray(expressions) ? expressions : []).every((each: JsonObject) => meetsOne(each, labels));
}

function meetsOne(expression: JsonObject, labels: JsonObject): boolean {
  const value = own(labels, asString(expression['key']) ?? '');
  const values = expression['values'];
  const among = Array.isArray(values) && (values as readonly unknown[]).includes(value);
  switch (asString(expression['operator']) ?? '') {
    case 'In':
      return among;
    case 'NotIn':
      return !among;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
