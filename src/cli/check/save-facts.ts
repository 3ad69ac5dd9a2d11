import type { FileWriter } from '../../core/ports.ts';
import { oneLine } from '../../core/text.ts';
import { FactsLines, type FactsSource, type GatherOptions } from '../../usecases/survey/index.ts';
import type { Context } from '../framework/context.ts';
import { notWritten, placeOf } from '../files/file-errors.ts';

/**
 * A writer whose errors say which file it was. They name clusters, networks and owners: nothing secret, and nothing for
 * everybody to read.
 */
async function openWriter(context: Context, file: string): Promise<FileWriter> {
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw notWritten(file, error);
    }
  };
  const place = placeOf(file);
  const writer = await told(async () => context.largeFiles.writer(place, { mode: 0o600 }));
  return {
    write: async (text) => told(async () => writer.write(text)),
    commit: async () => told(async () => writer.commit()),
    discard: async () => writer.discard(),
  };
}

function textOf(lines: readonly unknown[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** The same source, whose facts are kept in a file as they pass; the file is there once the last of them has. */
export function savingFacts(
  context: Context,
  file: string,
  source: FactsSource,
  { capacity, network }: GatherOptions,
): FactsSource {
  return {
    ...source,
    pages: async function* () {
      const writer = await openWriter(context, file);
      const lines = new FactsLines();
      let whole = false;
      try {
        await writer.write(textOf(lines.header(source, { capacity: capacity === true, network: network === true })));
        for await (const page of source.pages()) {
          await writer.write(textOf(lines.page(page)));
          yield page;
        }
        await writer.write(textOf(lines.end()));
        await writer.commit();
        whole = true;
      } finally {
        if (!whole) {
          await writer.discard();
          context.emit({
            type: 'notice',
            level: 'warning',
            code: 'facts-not-saved',
            message: `${oneLine(file)} was not written: the facts are not whole.`,
          });
        }
      }
    },
  };
}
