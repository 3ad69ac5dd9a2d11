import type { Options } from './definition.ts';
import { camel } from './names.ts';

/** `--name VALUE`, or `--name=VALUE` if the value looks like an option. */
function words(name: string, values: readonly string[]): readonly string[] {
  const [first = ''] = values;
  return values.length === 1 && first.startsWith('-') ? [`--${name}=${first}`] : [`--${name}`, ...values];
}

/** The given options with their values, for a suggested command; without those to omit. */
export function givenOptions(
  options: Options,
  args: Readonly<Record<string, unknown>>,
  without: readonly string[],
): readonly (readonly string[])[] {
  return Object.keys(options)
    .filter((name) => !without.includes(name))
    .flatMap((name) => {
      const value = args[camel(name)];
      if (value === true) return [[`--${name}`]];
      if (typeof value === 'string' || typeof value === 'number') return [words(name, [String(value)])];
      return Array.isArray(value) && value.length > 0 ? [words(name, value.map(String))] : [];
    });
}
