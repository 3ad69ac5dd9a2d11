import type { Emit } from '../../../core/events.ts';
import type { Files, OutputOptions } from '../../../core/ports.ts';
import { oneLine } from '../../../core/text.ts';
import type { FactsSource } from '../facts-source.ts';
import type { GatherOptions } from '../check-options.ts';
import { FactsLines } from './facts-lines.ts';

function textOf(lines: readonly unknown[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Saves the facts of a source to a file as they are read. The file appears when all have been read. */
export function savingFacts(
  { files, emit }: { readonly files: Pick<Files, 'writer'>; readonly emit: Emit },
  { file, options }: { readonly file: string; readonly options: OutputOptions },
  source: FactsSource,
  { capacity, network }: GatherOptions,
): FactsSource {
  return {
    ...source,
    pages: async function* () {
      const writer = await files.writer(file, options);
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
          emit({
            type: 'notice',
            level: 'warning',
            code: 'facts-not-saved',
            message: `${oneLine(file)} was not written because the facts are incomplete.`,
          });
        }
      }
    },
  };
}
