import { inflateRawSync } from 'node:zlib';

export interface ZippedFile {
  readonly name: string;
  readonly data: Buffer;
}

const mostFiles = 1000;
const mostBytes = 64 * 1_048_576;

/**
 * The files of a zip archive, stored or deflated; undefined if it is none. Source: PKWARE APPNOTE 4.3: the central
 * directory, which the record at the end points to, says where each file is.
 */
export function unzip(archive: Buffer): readonly ZippedFile[] | undefined {
  try {
    const end = archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
    if (end === -1) return undefined;
    const files: ZippedFile[] = [];
    let position = archive.readUInt32LE(end + 16);
    for (let left = Math.min(archive.readUInt16LE(end + 10), mostFiles); left > 0; left -= 1) {
      const [names, extra, comment] = [28, 30, 32].map((field) => archive.readUInt16LE(position + field));
      const name = archive.toString('utf8', position + 46, position + 46 + (names ?? 0));
      const data = contentOf(archive, position);
      if (data === undefined) return undefined;
      if (!name.endsWith('/')) files.push({ name, data });
      position += 46 + (names ?? 0) + (extra ?? 0) + (comment ?? 0);
    }
    return files;
  } catch {
    // Cut short, or no archive at all.
    return undefined;
  }
}

function contentOf(archive: Buffer, entry: number): Buffer | undefined {
  const method = archive.readUInt16LE(entry + 10);
  const size = archive.readUInt32LE(entry + 20);
  const local = archive.readUInt32LE(entry + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const bytes = archive.subarray(start, start + size);
  if (method === 0) return bytes;
  return method === 8 ? inflateRawSync(bytes, { maxOutputLength: mostBytes }) : undefined;
}
