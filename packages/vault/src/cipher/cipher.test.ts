import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunkBytes, prefixBytes, sealedChunkBytes } from './chunk-keys.js';
import { chunkOpener, decryptChunks } from './decrypt-message.js';
import { type MessageKey, messageEncryptor } from './encrypt-message.js';
import { chunkOffset, encryptedLength, plainLength } from './message-length.js';

interface Vector {
  readonly key: string;
  readonly context: string;
  readonly messageSize: number;
  readonly messageStep: number;
  readonly messageStart: number;
  readonly salt: string;
  readonly commitment: string;
  readonly size: number;
  readonly sha256: string;
}
const { vectors } = JSON.parse(
  readFileSync(new URL('../../vectors/cobblestone-256.json', import.meta.url), 'utf8'),
) as { readonly vectors: readonly Vector[] };

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const context = Buffer.from('test');

const encrypt = (from: MessageKey, plain: Uint8Array, cut = plain.length || 1, salt?: Uint8Array): Buffer => {
  const encryptor = messageEncryptor(from, salt);
  const sealed: Uint8Array[] = [encryptor.prefix];
  for (let at = 0; at < plain.length; at += cut) sealed.push(...encryptor.update(plain.subarray(at, at + cut)));
  return Buffer.concat([...sealed, ...encryptor.end()]);
};

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const decrypt = async (from: MessageKey, message: Buffer, cut = 70_000): Promise<Buffer> => {
  const take = plainLength(message.length) ?? 0;
  const opener = chunkOpener(from, message.subarray(0, prefixBytes));
  const parts: Buffer[] = [];
  const window = { firstChunk: 0, skip: 0, take };
  for await (const part of decryptChunks(opener, pieces(message.subarray(prefixBytes), cut), window, 'message')) {
    parts.push(Buffer.from(part));
  }
  return Buffer.concat(parts);
};

const aroundBorders = fc.oneof(
  fc.nat({ max: 300 }),
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: -2, max: 2 })).map(([n, off]) => n * chunkBytes + off),
);

test.each(vectors)('a message of $messageSize bytes is the one that pyca/cryptography writes', async (vector) => {
  const message = Buffer.from(
    Uint8Array.from({ length: vector.messageSize }, (_, at) => (at * vector.messageStep + vector.messageStart) & 0xff),
  );
  const from = { key: hex(vector.key), context: hex(vector.context) };
  const sealed = encrypt(from, message, 5000, hex(vector.salt));
  expect(sealed.subarray(24, 56).toString('hex')).toBe(vector.commitment);
  expect(sealed.length).toBe(vector.size);
  expect(createHash('sha256').update(sealed).digest('hex')).toBe(vector.sha256);
  expect((await decrypt(from, sealed)).equals(message)).toBe(true);
});

test('what was encrypted comes back, whatever its size and however it was cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      aroundBorders,
      fc.integer({ min: 1, max: 40_000 }),
      fc.integer({ min: 1000, max: 40_000 }),
      async (size, cut, cutAgain) => {
        const from = { key: randomBytes(32), context };
        const plain = randomBytes(size);
        const sealed = encrypt(from, plain, cut);
        expect(sealed.length).toBe(encryptedLength(size));
        expect(plainLength(sealed.length)).toBe(size);
        expect((await decrypt(from, sealed, cutAgain)).equals(plain)).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

test('one flipped bit anywhere is found', async () => {
  const from = { key: randomBytes(32), context };
  await fc.assert(
    fc.asyncProperty(aroundBorders, fc.nat(), fc.nat({ max: 7 }), async (size, place, bit) => {
      const sealed = encrypt(from, randomBytes(size));
      const at = place % sealed.length;
      sealed[at] = (sealed[at] as number) ^ (1 << bit);
      await expect(decrypt(from, sealed)).rejects.toMatchObject({ code: 'damaged' });
    }),
    { numRuns: 150 },
  );
});

test('a small message with any one of its bits flipped is found', async () => {
  const from = { key: randomBytes(32), context };
  const sealed = encrypt(from, Buffer.from('small'));
  for (let bit = 0; bit < 8 * sealed.length; bit++) {
    const copy = Buffer.from(sealed);
    copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7));
    await expect(decrypt(from, copy)).rejects.toMatchObject({ code: 'damaged' });
  }
});

test('a cut, lengthened, reordered or mixed message is found', async () => {
  const from = { key: randomBytes(32), context };
  const plain = randomBytes(3 * chunkBytes + 100);
  const sealed = encrypt(from, plain);
  const chunk = (n: number) => sealed.subarray(chunkOffset(n), Math.min(sealed.length, chunkOffset(n + 1)));
  const prefix = sealed.subarray(0, prefixBytes);
  const other = encrypt(from, plain);
  const spoilt = [
    sealed.subarray(0, chunkOffset(3)),
    sealed.subarray(0, chunkOffset(1) + 40),
    sealed.subarray(0, sealed.length - 1),
    Buffer.concat([sealed, Buffer.alloc(1)]),
    Buffer.concat([sealed, chunk(3)]),
    Buffer.concat([prefix, chunk(1), chunk(0), chunk(2), chunk(3)]),
    Buffer.concat([prefix, chunk(0), chunk(2), chunk(3)]),
    Buffer.concat([prefix, chunk(0), chunk(0), chunk(1), chunk(2), chunk(3)]),
    Buffer.concat([prefix, other.subarray(prefixBytes)]),
  ];
  for (const message of spoilt) await expect(decrypt(from, message)).rejects.toMatchObject({ code: 'damaged' });
  await expect(decrypt({ ...from, context: Buffer.from('other') }, sealed)).rejects.toMatchObject({ code: 'damaged' });
});

test('a length is that of at most one plaintext', () => {
  for (const length of [0, 55, 56, 71, 56 + sealedChunkBytes, 56 + sealedChunkBytes + 15]) {
    expect(plainLength(length)).toBeUndefined();
  }
  expect(plainLength(72)).toBe(0);
  expect(plainLength(56 + sealedChunkBytes + 16)).toBe(chunkBytes);
  expect(plainLength(encryptedLength(2 ** 50))).toBe(2 ** 50);
});
