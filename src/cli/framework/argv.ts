import { UsageError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import type { AnyCommand, OptionSpec, Options } from './definition.ts';
import { didYouMean, longNames, optionName, shortNames } from './names.ts';

/**
 * Normalizes the words of a command for the parser: expands `-nvalue` and `-yn value`, and rejects what the parser
 * would silently accept: an unknown option, an option without its value, a flag with a value.
 * @throws UsageError
 */
export function normalise(words: readonly string[], command: AnyCommand, options: Options): readonly string[] {
  const end = words.indexOf('--');
  const before = end === -1 ? words : words.slice(0, end);
  const spelt = before.flatMap((word) => spellOut(word, command, options));
  const result: string[] = [];
  const names = longNames(options);
  for (let index = 0; index < spelt.length; index += 1) {
    const word = spelt[index] ?? '';
    const long = /^--([^=]+)(=?)([\s\S]*)$/.exec(word);
    if (long === null) {
      result.push(word);
      continue;
    }
    const [, head = '', equals = '', value = ''] = long;
    const name = names.get(head);
    const option = name === undefined ? undefined : options[name];
    if (name === undefined || option === undefined) throw unknownOption(`--${head}`, head, command, options);
    if (option.type === 'boolean') {
      result.push(flag(name, option, equals === '=' ? value : undefined));
    } else if (equals === '=') {
      result.push(`--${name}=${kept(filled(name, option, value))}`);
    } else if (option.valueless !== undefined && isNoValue(spelt[index + 1])) {
      result.push(`--${name}=${option.valueless}`);
    } else {
      index += 1;
      result.push(`--${name}=${kept(filled(name, option, valueOf(name, option, spelt[index])))}`);
    }
  }
  return end === -1 ? result : [...result, ...words.slice(end)];
}

/**
 * As in argparse and az, a word that starts with a dash is not a value, unless it is `-` (standard input) or a negative
 * number.
 */
function isNoValue(word: string | undefined): boolean {
  return word === undefined || /^-[^\d]/.test(word);
}

function valueOf(name: string, option: OptionSpec, next: string | undefined): string {
  if (next === undefined || isNoValue(next)) {
    throw new UsageError(
      `argument ${optionName(name, option)}: expected ${option.repeatable === true ? 'at least one argument' : 'one argument'}.`,
    );
  }
  return next;
}

/** The parser would silently drop an empty word of a list. */
function filled(name: string, option: OptionSpec, value: string): string {
  if (value.trim() === '')
    throw new UsageError(`argument ${optionName(name, option)}: expected a value, got an empty string.`);
  return value;
}

/** The parser removes a pair of quotes around a value, which the shell already did, so a second pair is added. */
function kept(value: string): string {
  const [first] = value;
  return (first === '"' || first === "'") && value.endsWith(first) ? `${first}${value}${first}` : value;
}

function flag(name: string, option: OptionSpec, value: string | undefined): string {
  if (value === undefined || value === 'true') return `--${name}`;
  if (value === 'false') return `--${name}=false`;
  throw new UsageError(`argument ${optionName(name, option)}: takes no value, got '${oneLine(value)}'.`);
}

/** Converts `-nvalue`, `-n=value` and `-yn` to the long form. */
function spellOut(word: string, command: AnyCommand, options: Options): readonly string[] {
  if (!/^-[^-\d]/.test(word)) return [word];
  const names = shortNames(options);
  const result: string[] = [];
  for (let index = 1; index < word.length; index += 1) {
    const letter = word.charAt(index);
    const name = names.get(letter);
    const option = name === undefined ? undefined : options[name];
    if (name === undefined || option === undefined)
      throw unknownOption(index === 1 ? word : `-${letter}`, word.slice(index), command, options);
    const rest = word.slice(index + 1);
    if (option.type === 'boolean' && !rest.startsWith('=')) {
      result.push(`--${name}`);
      continue;
    }
    result.push(rest === '' ? `--${name}` : `--${name}=${rest.replace(/^=/, '')}`);
    break;
  }
  return result;
}

function unknownOption(shown: string, word: string, command: AnyCommand, options: Options): UsageError {
  const [head = ''] = shown.split('=', 1);
  const near = didYouMean(word.split('=', 1)[0] ?? '', [...longNames(options).keys()], command.path, '--');
  return new UsageError(`'${oneLine(head)}' is not an option of '${command.path.join(' ')}'. ${near}`);
}
