const byteOrderMarks: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
/** A declaration's first characters without a byte order mark (XML 1.0 appendix F.1). */
const unmarked: typeof byteOrderMarks = [
  ['utf-16le', [0x3c, 0x00, 0x3f, 0x00]],
  ['utf-16be', [0x00, 0x3c, 0x00, 0x3f]],
];

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

/**
 * A document's text: by its byte order mark, else by the charset of the HTTP header (RFC 7303 §3), else by its own
 * declaration, else UTF-8. `undefined` when the encoding is unknown or the bytes are not in it.
 */
export const decodeBytes = (bytes: Uint8Array, contentType?: string): string | undefined => {
  const marked = byteOrderMarks.find(([, mark]) => startsWith(bytes, mark))?.[0];
  const encoding = marked ?? declaredCharset(contentType) ?? declaredEncoding(bytes) ?? 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const declaredCharset = (contentType: string | undefined): string | undefined =>
  contentType === undefined ? undefined : /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1];

const declaredEncoding = (bytes: Uint8Array): string | undefined => {
  const wide = unmarked.find(([, start]) => startsWith(bytes, start))?.[0];
  if (wide !== undefined) return wide;
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  return /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1];
};
