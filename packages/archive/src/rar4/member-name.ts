/**
 * The name of a member: UTF-8, or bytes in the creator's code page followed by a packed difference to UTF-16
 * (RAR 4.20 technote, flag 0x0200). Bytes of an unknown code page are shown as Latin-1: every byte stays to be seen.
 */
export const memberName = (bytes: Uint8Array, isUnicode: boolean): string => {
  if (!isUnicode) return Buffer.from(bytes).toString('latin1');
  const end = bytes.indexOf(0);
  if (end < 0) return Buffer.from(bytes).toString('utf8');
  return unpack(bytes.subarray(0, end), bytes.subarray(end + 1));
};

/** Two bits say how the next letter is written: a byte, a byte of the common page, two bytes, or a run of the plain name. */
const unpack = (plain: Uint8Array, packed: Uint8Array): string => {
  const letters: number[] = [];
  let at = 0;
  const next = (): number => packed[at++] ?? 0;
  const page = next() << 8;
  while (at < packed.length) {
    const flags = next();
    for (let shift = 6; shift >= 0 && at < packed.length; shift -= 2) {
      const way = (flags >> shift) & 3;
      if (way === 0) letters.push(next());
      else if (way === 1) letters.push(next() | page);
      else if (way === 2) letters.push(next() | (next() << 8));
      else run(next());
    }
  }
  return String.fromCharCode(...letters);

  function run(length: number): void {
    const correction = length & 0x80 ? next() : undefined;
    for (let left = (length & 0x7f) + 2; left > 0 && letters.length < plain.length; left--) {
      const letter = plain[letters.length]!;
      letters.push(correction === undefined ? letter : ((letter + correction) & 0xff) | page);
    }
  }
};
