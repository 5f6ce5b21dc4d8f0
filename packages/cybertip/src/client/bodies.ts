import { createHash, type Hash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Body } from './transport.js';

/** Where the bytes of a file come from. `size` in bytes, when known, is announced to the server. */
export type FileSource =
  | { readonly name: string; readonly path: string }
  | { readonly name: string; readonly bytes: Uint8Array }
  | { readonly name: string; readonly stream: AsyncIterable<Uint8Array>; readonly size?: number };

export const xmlBody = (text: string): Body => {
  const bytes = Buffer.from(text, 'utf8');
  return { contentType: 'text/xml; charset=utf-8', length: bytes.length, bytes: [bytes] };
};

/** A form with one field. */
export const idBody = (id: string): Body => {
  const boundary = newBoundary();
  const bytes = Buffer.from(`${field(boundary, 'id', id)}--${boundary}--\r\n`, 'utf8');
  return { contentType: `multipart/form-data; boundary=${boundary}`, length: bytes.length, bytes: [bytes] };
};

/** A form with the report's number and the file, and the MD5 of the file's bytes as they went through. */
export const fileBody = async (
  id: string,
  file: FileSource,
): Promise<{ readonly body: Body; readonly sentMd5: () => string }> => {
  const boundary = newBoundary();
  const head = Buffer.from(`${field(boundary, 'id', id)}${fileHead(boundary, file.name)}`, 'utf8');
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`, 'utf8');
  const md5 = createHash('md5');
  const { size, bytes } = await contentOf(file);
  return {
    body: {
      contentType: `multipart/form-data; boundary=${boundary}`,
      bytes: framed(head, hashed(sized(bytes, size), md5), tail),
      ...(size === undefined ? {} : { length: head.length + size + tail.length }),
    },
    sentMd5: () => md5.copy().digest('hex'),
  };
};

const newBoundary = (): string => `tutela-${randomBytes(18).toString('hex')}`;

const field = (boundary: string, name: string, value: string): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

const fileHead = (boundary: string, name: string): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${escapeName(name)}"\r\n` +
  'Content-Type: application/octet-stream\r\n\r\n';

/** Quoted as RFC 9110 §5.6.4 has it, which form readers undo; a line break cannot be quoted at all. */
const escapeName = (name: string): string => name.replace(/[\r\n]+/g, ' ').replace(/["\\]/g, '\\$&');

const contentOf = async (
  file: FileSource,
): Promise<{ readonly size?: number; readonly bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array> }> => {
  if ('bytes' in file) return { size: file.bytes.length, bytes: [file.bytes] };
  if ('stream' in file) return { bytes: file.stream, ...(file.size === undefined ? {} : { size: file.size }) };
  // A file that is not there is told of by reading it, like one that breaks off.
  const found = await stat(file.path).catch(() => undefined);
  const bytes = createReadStream(file.path, { highWaterMark: 2 ** 18 });
  return found === undefined ? { bytes } : { size: found.size, bytes };
};

/** A stream of another length than announced would end up in the next request, or leave this one without an end. */
async function* sized(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  size: number | undefined,
): AsyncGenerator<Uint8Array> {
  let passed = 0;
  for await (const chunk of bytes) {
    passed += chunk.length;
    if (size !== undefined && passed > size) break;
    yield chunk;
  }
  if (size !== undefined && passed !== size) throw new RangeError('the file is not as long as announced');
}

async function* framed(
  head: Uint8Array,
  content: AsyncIterable<Uint8Array>,
  tail: Uint8Array,
): AsyncGenerator<Uint8Array> {
  yield head;
  yield* content;
  yield tail;
}

async function* hashed(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  hash: Hash,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}
