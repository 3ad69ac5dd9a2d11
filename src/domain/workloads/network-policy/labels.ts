import { asArray, asString, isJsonObject, own, type JsonValue } from '../../../core/json.ts';

export type Labels = Readonly<Record<string, string>>;

/** The texts of an object, such as labels; what is no text is left out. */
export function labelsOf(value: JsonValue | undefined): Labels {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (typeof one === 'string' ? [[key, one] as const] : [])),
  );
}

/** Cilium's selectors may name the source of a label: `k8s:app`, `any:app`. */
const bare = (key: string): string => key.replace(/^(?:k8s|any)[:.]/, '');

/**
 * Whether a label selector selects these labels; an empty one selects everything. Undefined for an operator that is not
 * one of Kubernetes. Source: Kubernetes documentation, Labels and Selectors; API reference, LabelSelector.
 */
export function selects(selector: JsonValue | undefined, labels: Labels): boolean | undefined {
  for (const [key, value] of Object.entries(labelsOf(own(selector, 'matchLabels'))))
    if (labels[bare(key)] !== value) return false;
  for (const expression of asArray(own(selector, 'matchExpressions'))) {
    const label = labels[bare(asString(own(expression, 'key')) ?? '')];
    const values = asArray(own(expression, 'values'));
    switch (asString(own(expression, 'operator')) ?? '') {
      case 'In':
        if (label === undefined || !values.includes(label)) return false;
        break;
      case 'NotIn':
        if (label !== undefined && values.includes(label)) return false;
        break;
      case 'Exists':
        if (label === undefined) return false;
        break;
      case 'DoesNotExist':
        if (label !== undefined) return false;
        break;
      default:
        return undefined;
    }
  }
  return true;
}
