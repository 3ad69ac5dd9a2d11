import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

export interface LineLog {
  readonly line: (text: string) => void;
  readonly close: () => Promise<void>;
}

/** A file that is written a line at a time, from its beginning. Rejects with Node's error where it cannot be opened. */
export async function openLineLog(file: string): Promise<LineLog> {
  const stream = createWriteStream(file, { mode: 0o600 });
  await once(stream, 'open');
  // A full disk must not end what is logged.
  stream.on('error', () => undefined);
  return {
    line: (text) => {
      stream.write(`${text}\n`);
    },
    close: async () =>
      new Promise((resolve) => {
        stream.end(() => {
          resolve();
        });
      }),
  };
}
