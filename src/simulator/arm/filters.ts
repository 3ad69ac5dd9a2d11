/** One comparison of an OData filter. */
export interface Comparison {
  /** In lower case. */
  readonly field: string;
  readonly operator: 'eq' | 'ge' | 'le';
  readonly value: string;
}

/** Comparisons joined by `and`; undefined if the text is anything else. An empty text is no comparison. */
export function comparisonsOf(filter: string): readonly Comparison[] | undefined {
  const text = filter.trim();
  if (text === '') return [];
  const found: Comparison[] = [];
  const pattern = /\s*([A-Za-z]+)\s+(eq|ge|le)\s+(?:'((?:[^']|'')*)'|([^\s']+))\s*(and\s|$)/iy;
  let ended = false;
  while (!ended) {
    const [, field, operator, quoted, plain, joint] = pattern.exec(text) ?? [];
    if (field === undefined || operator === undefined) return undefined;
    found.push({
      field: field.toLowerCase(),
      operator: operator.toLowerCase() as Comparison['operator'],
      value: quoted?.replaceAll("''", "'") ?? plain ?? '',
    });
    ended = joint === '';
  }
  return found;
}
