import type { OutputOptions } from '../../core/ports.ts';
import { oneLine } from '../../core/text.ts';
import { FactsLines, type FactsSource, type GatherOptions } from '../../usecases/survey/index.ts';
import type { Context } from '../framework/context.ts';

function textOf(lines: readonly unknown[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** The same source, whose facts are kept in a file as they pass; the file is there once the last of them has. */
export function savingFacts(
  context: Pick<Context, 'files' | 'emit'>,
  { file, options }: { readonly file: string; readonly options: OutputOptions },
  source: FactsSource,
  { capacity, network }: GatherOptions,
): FactsSource {
  return {
    ...source,
    pages: async function* () {
      const writer = await context.files.writer(file, options);
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
