import { shellWords } from '../../test/support/cli.ts';
import { Fleet } from './fleet.ts';
import { MemoryFiles } from '../../test/support/memory-files.ts';

/**
 * Fills in the text between marks in a hand-written page:
 *
 *     <!-- example lines=20: config explain www.bing.com -o table -->   by the built program, in the folder of the docs
 *     <!-- example fleet from="Node pools" lines=6 exit: check … -->     in this process, with a simulated fleet
 *     <!-- table: forecast-rules -->                                    by a table of the generator
 *
 * each up to its `<!-- /example -->` or `<!-- /table -->`. Two marks have no end: `<!-- file: NAME -->` makes the
 * following code block a file for the examples of the page, and `<!-- run: … -->` runs a command with the fleet without
 * showing it. Later examples of a page see the changes of earlier ones; `fleet=NAME` and `scenario=NAME` select separate
 * fleets.
 */
export interface BlockTools {
  /** The built program's standard output. @throws Error if it fails. */
  readonly program: (words: readonly string[]) => string;
  readonly tables: ReadonlyMap<string, string>;
  /** The program's version. */
  readonly version: string;
}

interface Mark {
  readonly kind: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly content: string;
  /** As written in the page. */
  readonly text: string;
}

const opening = /<!-- (example|table|file|run)((?: [a-z]+(?:=(?:"[^"]*"|[^\s":]+))?)*): (.+?) -->\n/g;
const expectedExits = [0, 10, 11, 12];

function markOf(match: RegExpMatchArray): Mark {
  const [text, kind = '', attributes = '', content = ''] = match;
  const pairs = [...attributes.matchAll(/ ([a-z]+)(?:=(?:"([^"]*)"|(\S+)))?/g)].map(([, key = '', quoted, plain]) => [key, quoted ?? plain ?? ''] as const);
  return { kind, attributes: new Map(pairs), content, text };
}

/** At most `lines` lines from the first line that begins with `from`, with a mark if lines are left out. */
function excerpt(output: string, attributes: Mark['attributes']): readonly string[] {
  const all = output.trimEnd().split('\n');
  const from = attributes.get('from');
  const start = from === undefined ? 0 : all.findIndex((line) => line.startsWith(from));
  if (start === -1) throw new Error(`This example has no line that begins with '${String(from)}'.`);
  const rest = all.slice(start);
  const most = Number(attributes.get('lines') ?? rest.length);
  return [...(start > 0 ? ['…'] : []), ...rest.slice(0, most), ...(rest.length > most ? ['…'] : [])];
}

/** The marks of one page, which share their files. */
class Page {
  readonly #files = new MemoryFiles();
  readonly #fleets = new Map<string, Fleet>();
  readonly #tools: BlockTools;

  constructor(tools: BlockTools) {
    this.#tools = tools;
  }

  /** The text between a mark and its end. */
  async fill({ kind, attributes, content }: Mark): Promise<string> {
    if (kind === 'table') {
      const found = this.#tools.tables.get(content);
      if (found === undefined) throw new Error(`There is no table called ${content}.`);
      return found;
    }
    const { stdout, exit } = await this.#output(content, attributes);
    const last = attributes.has('exit') ? ['$ echo $?', String(exit)] : [];
    return ['```text', `$ aks-localdns ${content}`, ...(stdout.trim() === '' ? [] : excerpt(stdout, attributes)), ...last, '```'].join('\n');
  }

  file(name: string, text: string): void {
    this.#files.put(name, text);
  }

  async run({ content, attributes }: Mark): Promise<void> {
    await this.#withFleet(content, attributes);
  }

  async #output(line: string, attributes: Mark['attributes']): Promise<{ readonly stdout: string; readonly exit: number }> {
    if (attributes.has('fleet') || attributes.has('scenario')) return this.#withFleet(line, attributes);
    return { stdout: this.#tools.program(shellWords(line)), exit: 0 };
  }

  async #withFleet(line: string, attributes: Mark['attributes']): Promise<{ readonly stdout: string; readonly exit: number }> {
    const scenario = attributes.get('scenario') ?? '';
    const key = `${scenario} ${attributes.get('fleet') ?? ''}`;
    const fleet = this.#fleets.get(key) ?? new Fleet(scenario === '' ? [] : scenario.split(','), this.#files, this.#tools.version);
    this.#fleets.set(key, fleet);
    const outcome = await fleet.run(shellWords(line));
    if (!expectedExits.includes(outcome.exit)) throw new Error(`This example failed: aks-localdns ${line}\n${outcome.stderr}`);
    return outcome;
  }
}

/** The page with its marks filled in. Rejects with Error if an example fails or a mark has no end. */
export async function filled(text: string, tools: BlockTools): Promise<string> {
  const page = new Page(tools);
  let done = '';
  let at = 0;
  for (const match of text.matchAll(opening)) {
    // A mark inside the output of an example is ignored.
    if (match.index < at) continue;
    const mark = markOf(match);
    const behind = match.index + mark.text.length;
    done += text.slice(at, behind);
    at = behind;
    if (mark.kind === 'run') await page.run(mark);
    else if (mark.kind === 'file') page.file(mark.content, blockAfter(text, behind, mark));
    else {
      const end = `<!-- /${mark.kind} -->`;
      at = text.indexOf(end, behind);
      if (at === -1) throw new Error(`This mark has no end: ${mark.text}`);
      done += `\n${await page.fill(mark)}\n\n`;
    }
  }
  return done + text.slice(at);
}

function blockAfter(text: string, from: number, mark: Mark): string {
  const [, content] = /^\n*```\w*\n([\s\S]*?)```\n/.exec(text.slice(from)) ?? [];
  if (content === undefined) throw new Error(`No code block follows ${mark.text}`);
  return content;
}
