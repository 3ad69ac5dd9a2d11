import { UsageError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import type { OptionSpec } from './definition.ts';
import { meant } from './names.ts';

export type Bound = string | number | boolean | readonly string[];

/**
 * The value of one option, converted according to its definition. `shown` names the option in messages.
 * @throws UsageError
 */
export function bindOption(shown: string, option: OptionSpec, given: unknown): Bound {
  if (option.type === 'boolean') return Array.isArray(given) ? given.at(-1) === true : given === true;
  if (option.repeatable === true) {
    const words = Array.isArray(given) ? given.map(String) : [String(given)];
    for (const word of words) refuseEmpty(shown, word);
    return words.map((word) => (option.choices === undefined ? word : choice(shown, option.choices, word)));
  }
  if (Array.isArray(given))
    throw new UsageError(`argument ${shown}: given more than once, but accepts only one value.`);
  const word = String(given);
  refuseEmpty(shown, word);
  if (option.type === 'integer') return integer(shown, option, word);
  return option.choices === undefined ? word : choice(shown, option.choices, word);
}

export function missing(names: readonly string[]): UsageError {
  return new UsageError(`the following arguments are required: ${names.join(', ')}`);
}

function refuseEmpty(shown: string, word: string): void {
  if (word.trim() === '') throw new UsageError(`argument ${shown}: expected a value, got an empty string.`);
}

function integer(shown: string, option: OptionSpec, word: string): number {
  const value = Number(word);
  if (!/^[+-]?\d+$/.test(word) || !Number.isSafeInteger(value)) {
    throw new UsageError(`argument ${shown}: invalid int value: '${oneLine(word)}'`);
  }
  const { min, max } = option;
  if ((min !== undefined && value < min) || (max !== undefined && value > max)) {
    const range =
      min === undefined
        ? `at most ${String(max)}`
        : max === undefined
          ? `at least ${String(min)}`
          : `from ${String(min)} to ${String(max)}`;
    throw new UsageError(`argument ${shown}: ${String(value)} is out of range; it must be ${range}.`);
  }
  return value;
}

/** As in az, choices are case-insensitive. */
function choice(shown: string, choices: readonly string[], word: string): string {
  const found = choices.find((candidate) => candidate.toLowerCase() === word.toLowerCase());
  if (found !== undefined) return found;
  const near = meant(word, choices);
  throw new UsageError(
    `argument ${shown}: invalid choice: '${oneLine(word)}' (choose from ${choices.join(', ')})` +
      (near === undefined ? '' : `; did you mean '${near}'?`),
  );
}
