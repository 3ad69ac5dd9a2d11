import type { Globals } from './globals.ts';

/** The global options that affect an error report, if the command line itself could not be parsed. */
export function rawGlobals(argv: readonly string[]): Globals {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  const ndjson =
    words.includes('--events=ndjson') ||
    words.some((word, index) => word === 'ndjson' && words[index - 1] === '--events');
  return {
    output: undefined,
    query: undefined,
    onlyShowErrors: words.includes('--only-show-errors'),
    verbose: false,
    debug: words.includes('--debug'),
    noColor: words.includes('--no-color'),
    events: ndjson ? 'ndjson' : undefined,
    signIn: undefined,
    help: false,
  };
}
