export const sameBytes = (one: Uint8Array, other: Uint8Array): 'same' | 'different' =>
  one.length === other.length && one.every((byte, at) => byte === other[at]) ? 'same' : 'different';

export const concatenate = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Text of bytes; `undefined` when they are not valid UTF-8. A byte order mark is kept, since it was signed. */
export const fromUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};
