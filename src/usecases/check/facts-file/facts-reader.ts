import { CliError } from '../../../core/errors.ts';
import { asArray, asNumber, asString, isJsonObject, own, parseJson, type JsonObject } from '../../../core/json.ts';
import { tooLarge } from '../../../core/file-errors.ts';
import { clip, oneLine } from '../../../core/text.ts';
import { scopeProblemKinds, type ScopeProblem } from '../../../model/inventory.ts';
import type { Subscription } from '../../../model/registration.ts';
import type { FactsPage, FactsSource, GatheredCluster } from '../facts-source.ts';
import { isIsoTime } from '../iso-time.ts';
import { gatheredOf, SharedLines } from './cluster-line.ts';
import { factsVersion } from './facts-format.ts';
import { factsOfResources } from './resource-facts.ts';

function notFacts(name: string, line: number, why: string): CliError {
  return new CliError({
    code: 'facts-not-valid',
    message: `${oneLine(name)}, line ${String(line)}: ${why}.`,
    hints: ['Write one with: aks-localdns check … --save-facts facts.ndjson'],
  });
}

function problemOf(line: JsonObject): ScopeProblem | undefined {
  const kind = scopeProblemKinds.find((each) => each === line['trouble']);
  const [subscriptionId, resourceId, why] = ['subscriptionId', 'resourceId', 'why'].map((key) => asString(line[key]));
  if (kind === undefined || subscriptionId === undefined || resourceId === undefined || why === undefined)
    return undefined;
  return { kind, subscriptionId, resourceId, why };
}

function subscriptionOf(entry: unknown): readonly Subscription[] {
  const [id, name] = [asString(own(entry, 'id')), asString(own(entry, 'name'))];
  return id === undefined || name === undefined
    ? []
    : [{ id, name, tenantId: asString(own(entry, 'tenantId')), state: asString(own(entry, 'state')) }];
}

interface OpenPage {
  readonly clusters: GatheredCluster[];
  readonly problems: ScopeProblem[];
}

const emptyPage = (): OpenPage => ({ clusters: [], problems: [] });

/** Parses lines into facts. Skips unknown kinds of lines, which a newer version may add. */
class FactsReader {
  readonly #name: string;
  readonly #lines: AsyncIterator<string>;
  readonly #shared = new SharedLines();
  #at = 0;
  #clusters = 0;

  constructor(name: string, lines: AsyncIterable<string>) {
    this.#name = name;
    this.#lines = lines[Symbol.asyncIterator]();
  }

  async header(): Promise<FactsSource> {
    const line = await this.#next();
    const version = asString(line?.['schemaVersion']);
    if (line?.['kind'] !== 'header' || version === undefined)
      throw this.#wrong('this is not a facts file, which begins with a header');
    if (!/^1\.\d+$/.test(version))
      throw this.#wrong(
        `the facts have version ${clip(oneLine(version), 40)}, but this program reads version ${factsVersion}`,
      );
    const gatheredAt = asString(line['gatheredAt']);
    if (gatheredAt !== undefined && !isIsoTime(gatheredAt))
      throw this.#wrong(`'${clip(oneLine(gatheredAt), 40)}' is not a valid time for gatheredAt`);
    this.#shared.network = line['network'] === true;
    return {
      scope: oneLine(asString(line['scope']) ?? ''),
      breadth: line['breadth'] === 'one' ? 'one' : 'many',
      subscriptions: asArray(line['subscriptions']).flatMap((entry) => subscriptionOf(entry)),
      gatheredAt,
      pages: () => this.#pages(),
    };
  }

  async *#pages(): AsyncGenerator<FactsPage> {
    let page = emptyPage();
    for (;;) {
      const line = await this.#next();
      if (line === undefined) throw this.#wrong('the file is truncated: it has no end line');
      if (line['kind'] === 'end') {
        if (asNumber(line['clusters']) !== this.#clusters)
          throw this.#wrong(`the file has ${String(this.#clusters)} clusters, but its end line states another number`);
        if (page.clusters.length + page.problems.length > 0)
          throw this.#wrong('the file is truncated: it ends within a page');
        await this.#requireNoMore();
        return;
      }
      if (line['kind'] === 'page') {
        yield {
          ...page,
          total: asNumber(line['total']),
          from: line['from'] === 'graph' || line['from'] === 'arm' ? line['from'] : undefined,
        };
        page = emptyPage();
      } else await this.#take(line, page);
    }
  }

  async #take(line: JsonObject, page: OpenPage): Promise<void> {
    const { kind } = line;
    if (kind === 'shared' && !this.#shared.learn(line)) throw this.#wrong('this fact cannot be read');
    if (kind === 'cluster') page.clusters.push(await this.#cluster(line));
    if (kind !== 'trouble') return;
    const problem = problemOf(line);
    if (problem === undefined) throw this.#wrong('this problem is invalid');
    page.problems.push(problem);
  }

  async #cluster(line: JsonObject): Promise<GatheredCluster> {
    const found = await gatheredOf(line, this.#shared);
    if (found === undefined) throw this.#wrong('this cluster cannot be read');
    this.#clusters += 1;
    return found;
  }

  /** Returns undefined after the last line. */
  async #next(): Promise<JsonObject | undefined> {
    const { done, value } = await this.#lines.next();
    this.#at += 1;
    if (done === true) return undefined;
    const line = parseJson(value);
    if (!isJsonObject(line)) throw this.#wrong('this is not a JSON object');
    return line;
  }

  /** Rejects concatenated files. */
  async #requireNoMore(): Promise<void> {
    const { done } = await this.#lines.next();
    this.#at += 1;
    if (done !== true) throw this.#wrong('unexpected content after the end line');
  }

  #wrong(why: string): CliError {
    return notFacts(this.#name, this.#at, why);
  }
}

/** In characters; enough for the az output of several thousand clusters. */
const maxResourcesLength = 256 * 1_048_576;

/** The first line that is not blank, and all lines from it on. */
async function begun(
  lines: AsyncIterable<string>,
): Promise<{ readonly first: string; readonly all: AsyncIterable<string> }> {
  const iterator = lines[Symbol.asyncIterator]();
  let { done, value } = await iterator.next();
  while (done !== true && value.trim() === '') ({ done, value } = await iterator.next());
  const first = done === true ? '' : value;
  const all = (async function* () {
    if (done !== true) yield first;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  })();
  return { first, all };
}

/**
 * Reads a file written by --save-facts, a page at a time, or clusters and node pools as az and ARM print them. The file
 * is untrusted.
 * @param name of the file, for messages
 * @throws CliError `facts-not-valid` with the line, here or while the pages are read
 */
export async function readFacts(name: string, lines: AsyncIterable<string>): Promise<FactsSource> {
  const { first, all } = await begun(lines);
  const document = parseJson(first);
  // A cluster has a `kind` too, and so have objects of Kubernetes; a saved report has a version.
  const isOther = ['id', 'apiVersion', 'rows'].some((key) => own(document, key) !== undefined);
  const isFacts = isJsonObject(document) && !isOther && ('kind' in document || 'schemaVersion' in document);
  if (isFacts || first === '') return new FactsReader(name, all).header();
  const text: string[] = [];
  let length = 0;
  for await (const line of all) {
    length += line.length + 1;
    if (length > maxResourcesLength) throw tooLarge(name, maxResourcesLength);
    text.push(line);
  }
  return factsOfResources(name, text.join('\n'));
}
