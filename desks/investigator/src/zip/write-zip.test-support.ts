import { crc32, deflateRawSync } from 'node:zlib';

export interface WrittenEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly deflated?: 'deflated';
  /** In place of what is true. */
  readonly claims?: { readonly size?: number; readonly crc32?: number };
  /** Unix mode; a regular file unless it says otherwise. */
  readonly mode?: number;
  /** General purpose bits besides UTF-8 names. */
  readonly flags?: number;
  readonly method?: number;
}

/** A ZIP (APPNOTE.TXT §4.3) with exactly these entries, however wrong: writers of libraries refuse the wrong ones. */
export const writeZip = (entries: readonly WrittenEntry[]): Buffer => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const body = entry.deflated === undefined ? Buffer.from(entry.bytes) : deflateRawSync(entry.bytes);
    const name = Buffer.from(entry.name, 'utf8');
    const common = commonFields(entry, body, name);
    const local = Buffer.concat([uint(4, 0x04034b50), common, uint(2, 0), name, body]);
    const mode = (entry.mode ?? 0o10_0644) * 0x1_0000;
    directory.push(
      Buffer.concat([
        uint(4, 0x02014b50),
        uint(2, 0x0314),
        common,
        uint(2, 0),
        uint(2, 0),
        uint(2, 0),
        uint(2, 0),
        uint(4, mode),
        uint(4, offset),
        name,
      ]),
    );
    parts.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = [uint(4, 0x06054b50), uint(4, 0), uint(2, entries.length), uint(2, entries.length)];
  return Buffer.concat([...parts, listed, ...end, uint(4, listed.length), uint(4, offset), uint(2, 0)]);
};

/** From "version needed" to the length of the name. */
const commonFields = (entry: WrittenEntry, body: Buffer, name: Buffer): Buffer =>
  Buffer.concat([
    uint(2, 20),
    uint(2, 0x800 | (entry.flags ?? 0)),
    uint(2, entry.method ?? (entry.deflated === undefined ? 0 : 8)),
    uint(4, 0x5a61_0000),
    uint(4, entry.claims?.crc32 ?? crc32(entry.bytes)),
    uint(4, body.length),
    uint(4, entry.claims?.size ?? entry.bytes.length),
    uint(2, name.length),
  ]);

const uint = (bytes: 2 | 4, value: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
};
