import { CliError, UsageError } from '../../core/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';

/** A compiled --query. */
export interface Query {
  apply(value: JsonValue): JsonValue;
}

/**
 * Compiles a JMESPath expression before the command runs. Bare words in backticks are strings, as in the Azure CLI
 * (`[?name==`a`]`). Keys are case-insensitive: az has `localDnsProfile` and `osSku`, but ARM, and so the result, has
 * `localDNSProfile` and `osSKU`.
 * @throws UsageError if it is invalid or calls an unknown function.
 */
export async function compileQuery(expression: string, option = '--query'): Promise<Query> {
  const { compile, getRegisteredFunctions, TreeInterpreter } = await import('@jmespath-community/jmespath');
  const bad = (error: unknown): UsageError => {
    const reason = oneLine(error instanceof Error ? error.message : String(error));
    return new UsageError(
      `argument ${option}: '${oneLine(expression)}' is not a valid JMESPath expression: ${reason}`,
      [],
      'query-invalid',
    );
  };
  let tree: ReturnType<typeof compile>;
  try {
    tree = compile(expression, { enable_legacy_literals: true });
  } catch (error) {
    throw bad(error);
  }
  const known = new Set(getRegisteredFunctions());
  const unknown = namesOf(tree, 'Function').find((name) => !known.has(name));
  if (unknown !== undefined) throw bad(`unknown function ${unknown}()`);
  const fields = namesOf(tree, 'Field');
  return {
    apply: (value) => {
      spellAs(fields, value);
      try {
        return TreeInterpreter.search(tree, value as Parameters<typeof TreeInterpreter.search>[1]);
      } catch (error) {
        throw new CliError({
          code: 'query-failed',
          message: `argument ${option}: '${oneLine(expression)}' cannot be applied to the result: ${oneLine(error instanceof Error ? error.message : String(error))}`,
          hints: ['The command itself has completed. Check its result with -o json and without --query.'],
        });
      }
    },
  };
}

/** The names of all nodes of a type in an expression. */
function namesOf(node: unknown, type: 'Field' | 'Function'): readonly string[] {
  if (Array.isArray(node)) return node.flatMap((item) => namesOf(item, type));
  if (!isJsonObject(node)) return [];
  const below = node['type'] === 'Literal' ? [] : Object.values(node).flatMap((item) => namesOf(item, type));
  return node['type'] === type && typeof node['name'] === 'string' ? [node['name'], ...below] : below;
}

/**
 * Adds aliases for fields in another case. They are not enumerable, so they are not printed or listed by keys(), and a
 * query still selects the original objects.
 */
function spellAs(fields: readonly string[], value: JsonValue): void {
  const lowerCase = new Map(fields.map((field) => [field, field.toLowerCase()]));
  if (lowerCase.size === 0) return;
  for (const object of objectsIn(value)) {
    if (!Object.isExtensible(object)) continue;
    const keys = Object.keys(object);
    for (const [field, folded] of lowerCase) {
      if (Object.hasOwn(object, field)) continue;
      const key = keys.find((each) => each.length === field.length && each.toLowerCase() === folded);
      if (key !== undefined) Object.defineProperty(object, field, { value: object[key] });
    }
  }
}

/** All objects inside a value. Objects that a query built are not among them and keep the order of the query. */
export function objectsIn(value: JsonValue, found = new Set<JsonObject>()): ReadonlySet<JsonObject> {
  if (Array.isArray(value)) for (const item of value as readonly JsonValue[]) objectsIn(item, found);
  else if (isJsonObject(value)) {
    found.add(value);
    for (const item of Object.values(value)) if (item !== undefined) objectsIn(item, found);
  }
  return found;
}
