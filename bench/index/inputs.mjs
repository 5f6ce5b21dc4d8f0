import { createCipheriv } from 'node:crypto';
import { open } from 'node:fs/promises';

const hashBytes = 32;
const blockHashes = 1 << 17;

/** Even random bytes that are the same in every run. */
const randomSource = (name) => {
  const cipher = createCipheriv('aes-128-ctr', name.padEnd(16, '.'), new Uint8Array(16));
  return (bytes) => cipher.update(new Uint8Array(bytes));
};

/** `size` hashes of independent even bits, packed. */
export const writeHashes = async (file, size) => {
  const random = randomSource('hashes');
  const handle = await open(file, 'w');
  for (let at = 0; at < size; at += blockHashes)
    await handle.write(random(hashBytes * Math.min(blockHashes, size - at)));
  await handle.close();
};

/** Every second needle lies 0 to 40 bits from one of the hashes, the others are random. */
export const writeNeedles = async (file, hashFile, count) => {
  const random = randomSource('needles');
  const hashes = await open(hashFile);
  const size = (await hashes.stat()).size / hashBytes;
  const needles = random(hashBytes * count);
  for (let at = 0; at < count; at += 2) {
    const needle = needles.subarray(hashBytes * at, hashBytes * (at + 1));
    await hashes.read(needle, 0, hashBytes, hashBytes * (random(4).readUInt32LE() % size));
    const flipped = new Set();
    while (flipped.size < (at / 2) % 41) flipped.add(random(1)[0]);
    for (const bit of flipped) needle[bit >> 3] ^= 1 << (bit & 7);
  }
  await hashes.close();
  const handle = await open(file, 'w');
  await handle.write(needles);
  await handle.close();
};
