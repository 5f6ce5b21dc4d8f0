import { createHash } from 'node:crypto';
import { toHex } from '@tutela/core';
import { damaged } from '../archive-error.js';
import { type ArchiveSource, readExactly } from '../bytes/archive-source.js';
import type { HashcatLine, Lock } from '../census/lock.js';
import type { Coder } from './decompress.js';
import { type Folder, methods, type Streams } from './header.js';

/** hashcat's module 11600 and the embedded check hold this much; larger streams are opened to be sure. */
const mostData = 8 << 20;

export interface Encryption {
  readonly log2Rounds: number;
  readonly salt: Uint8Array;
  readonly iv: Uint8Array;
  /** After decryption: the packed data without the padding to 16. */
  readonly packedBytes: number;
}

/** The properties of the coder 7zAES: low six bits of the cost, then lengths of salt and initialisation vector. */
export const encryptionOf = ({ coders, unpackSizes }: Folder): Encryption | undefined => {
  const at = coders.findIndex(({ method }) => method === methods.aes);
  const properties = coders[at]?.properties;
  if (properties === undefined) return undefined;
  const [first = 0, second = 0] = properties;
  const saltBytes = ((first >> 7) & 1) + (second >> 4);
  const ivBytes = ((first >> 6) & 1) + (second & 15);
  if (properties.length < 2 + saltBytes + ivBytes) throw damaged('an encryption without its salt');
  const iv = new Uint8Array(16);
  iv.set(properties.subarray(2 + saltBytes, 2 + saltBytes + ivBytes));
  const output = coders.slice(0, at).reduce((sum, coder) => sum + coder.outputs, 0);
  return {
    log2Rounds: first & 0x3f,
    salt: properties.slice(2, 2 + saltBytes),
    iv,
    packedBytes: unpackSizes[output] ?? 0,
  };
};

/** What unpacks the decrypted bytes, where it is one of those that are checked here. */
export const coderOf = ({ coders }: Folder): Coder | undefined => {
  const others = coders.filter(({ method }) => method !== methods.aes);
  if (others.length === 0) return { name: 'copy', properties: '' };
  const [only, more] = others;
  if (only === undefined || more !== undefined) return undefined;
  const name = (['copy', 'lzma', 'lzma2'] as const).find((known) => methods[known] === only.method);
  return name === undefined ? undefined : { name, properties: toHex(only.properties) };
};

const hashcatTypes = { copy: 0, lzma: 1, lzma2: 2 } as const;
const highestLog2 = 24;

export const sevenZipLock = async (
  source: ArchiveSource,
  streams: Streams,
  folderAt: number,
  base: number,
): Promise<Lock> => {
  const folder = streams.folders[folderAt]!;
  const encryption = encryptionOf(folder)!;
  const { log2Rounds, salt, iv, packedBytes } = encryption;
  const before = streams.folders.slice(0, folderAt).reduce((sum, { packedStreams }) => sum + packedStreams, 0);
  const offset = streams.packSizes.slice(0, before).reduce((sum, size) => sum + size, base + streams.packOffset);
  const dataBytes = streams.packSizes[before] ?? 0;
  const first = streams.substreams[folderAt]?.find(({ crc32 }) => crc32 !== undefined);
  const target = first === streams.substreams[folderAt]?.[0] ? first : undefined;
  const coder = coderOf(folder);
  const identity = createHash('sha256')
    .update(`7z:${log2Rounds}:${toHex(salt)}:${toHex(iv)}:${dataBytes}`)
    .digest('hex');
  const kdf = { name: '7z-sha256', rounds: 2 ** log2Rounds } as const;
  const byOpening = (why: 'member-beyond-limits' | 'coder-not-supported' | 'no-check-value'): Lock => ({
    key: identity,
    kdf,
    hashcat: { kind: 'none', why },
    check: { scheme: 'by-opening' },
  });
  if (coder === undefined || folder.packedStreams !== 1) return byOpening('coder-not-supported');
  if (target?.crc32 === undefined) return byOpening('no-check-value');
  if (dataBytes > mostData || target.bytes > mostData || log2Rounds > highestLog2)
    return byOpening('member-beyond-limits');

  const data = toHex(await readExactly(source, offset, dataBytes));
  const check = {
    scheme: '7z',
    log2Rounds,
    salt: toHex(salt),
    iv: toHex(iv),
    data,
    packedBytes,
    coder,
    unpackedBytes: target.bytes,
    crc32: target.crc32,
  } as const;
  const key = createHash('sha256').update(identity).update(data.slice(0, 128)).digest('hex');
  return { key, kdf, hashcat: lineOf(check, ivBytesOf(folder)), check };
};

const ivBytesOf = ({ coders }: Folder): number => {
  const [first = 0, second = 0] = coders.find(({ method }) => method === methods.aes)!.properties;
  return ((first >> 6) & 1) + (second & 15);
};

const lineOf = (check: Extract<Lock['check'], { scheme: '7z' }>, ivBytes: number): HashcatLine => {
  const { coder, data, log2Rounds, salt, iv, crc32, packedBytes, unpackedBytes } = check;
  const tail = coder.name === 'copy' ? '' : `$${unpackedBytes}$${coder.properties}`;
  const sizes = `${crc32}$${data.length / 2}$${packedBytes}$${data}`;
  const line = `$7z$${hashcatTypes[coder.name]}$${log2Rounds}$${salt.length / 2}$${salt}$${ivBytes}$${iv}$${sizes}${tail}`;
  return { kind: 'line', mode: 11_600, line };
};
