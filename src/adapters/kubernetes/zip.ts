import { crc32 } from 'node:zlib';

interface ZipEntry {
  readonly name: string;
  readonly data: Uint8Array;
}

/** 1980-01-01, the first date that the format can express: the archive is the same at any time. */
const [time, date] = [0, 0x21];
const version = 20;

/** The fields that the local header and the central directory share, from the version on. */
function common({ name, data }: ZipEntry): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(version, 0);
  fields.writeUInt16LE(time, 6);
  fields.writeUInt16LE(date, 8);
  fields.writeUInt32LE(crc32(data), 10);
  fields.writeUInt32LE(data.length, 14);
  fields.writeUInt32LE(data.length, 18);
  fields.writeUInt16LE(Buffer.byteLength(name), 22);
  return fields;
}

/** A zip archive of one file, not compressed. Source: PKWARE APPNOTE 4.3. */
export function zipOf(entry: ZipEntry): Uint8Array {
  const name = Buffer.from(entry.name);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common(entry), name, entry.data]);
  const madeBy = Buffer.alloc(2);
  madeBy.writeUInt16LE(version, 0);
  // Comment, disk, attributes and the offset of the local header are all zero.
  const directory = Buffer.concat([
    Buffer.from('PK\u0001\u0002', 'latin1'),
    madeBy,
    common(entry),
    Buffer.alloc(14),
    name,
  ]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, directory, Buffer.from('PK\u0005\u0006', 'latin1'), end]);
}
