import { crc32 } from 'node:zlib';

/** A ZIP archive of stored members under any name, for what no sound program would write. */
export const storedZip = (
  members: readonly { readonly name: string; readonly bytes: Buffer; readonly mode?: number }[],
): Buffer => {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, mode = 0o100644 } of members) {
    const label = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(label.length, 22);
    pieces.push(Buffer.concat([Buffer.from('PK\u0003\u0004'), common, label, bytes]));
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(mode * 2 ** 16, 6);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0003'), common, tail, label]));
    offset += pieces.at(-1)!.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...pieces, entries, Buffer.from('PK\u0005\u0006'), end]);
};
