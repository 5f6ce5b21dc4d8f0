import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import {
  Decrypter,
  Encrypter,
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
} from 'age-encryption';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.test-support.js';
import { decryptWith } from './decrypt-with.js';
import { encryptTo, wrapForRecipients } from './encrypt-to.js';

const chunk = 64 * 1024;
const sizes = [0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk, 2 * chunk + 1];
const opened = (identities: readonly string[], file: Uint8Array) => buffer(decryptWith(identities, file));

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test('what was encrypted to recipients opens for each of them, and typage and we open each other’s', async () => {
  const identities = [await generateX25519Identity(), await generateX25519Identity(), await generateHybridIdentity()];
  const recipients = await Promise.all(identities.map(identityToRecipient));
  for (const size of sizes) {
    const plain = randomBytes(size);
    const ours = await buffer(encryptTo(recipients, pieces(plain, 50_000)));
    for (const identity of identities) {
      expect((await opened([identity], ours)).equals(plain)).toBe(true);
      const decrypter = new Decrypter();
      decrypter.addIdentity(identity);
      expect(Buffer.from(await decrypter.decrypt(ours)).equals(plain)).toBe(true);
    }
    const encrypter = new Encrypter();
    for (const recipient of recipients) encrypter.addRecipient(recipient);
    const theirs = await encrypter.encrypt(plain);
    expect((await buffer(decryptWith([identities[1]!], pieces(theirs, 777)))).equals(plain)).toBe(true);
  }
});

test('a changed, cut or lengthened file, and one for somebody else, is refused', async () => {
  const identity = await generateX25519Identity();
  const file = await wrapForRecipients([await identityToRecipient(identity)], randomBytes(chunk + 10));
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: file.length - 1 }), fc.nat({ max: 7 }), async (at, bit) => {
      const spoilt = Buffer.from(file);
      spoilt[at]! ^= 1 << bit;
      await expect(opened([identity], spoilt)).rejects.toMatchObject({ code: 'age-failed' });
    }),
    { numRuns: 60 },
  );
  const lastChunk = file.length - 26;
  for (const spoilt of [
    file.subarray(0, -1),
    file.subarray(0, lastChunk),
    file.subarray(0, 40),
    Buffer.concat([file, file]),
  ]) {
    await expect(opened([identity], spoilt)).rejects.toMatchObject({ code: 'age-failed' });
  }
  await expect(opened([await generateX25519Identity()], file)).rejects.toMatchObject({ code: 'age-failed' });
  await expect(wrapForRecipients([], randomBytes(1))).rejects.toMatchObject({ code: 'age-failed' });
  await expect(wrapForRecipients(['age1nobody'], randomBytes(1))).rejects.toMatchObject({ code: 'age-failed' });
});

const ageMissing = ((): string | undefined => {
  try {
    execFileSync('age', ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'age is not installed';
  }
})();

describe.skipIf(ageMissing !== undefined)(`the program age (${ageMissing ?? 'Debian 1.1'})`, () => {
  test('opens what we encrypt, and we open what it encrypts', async () => {
    const folder = temporaryFolder();
    const keyFile = path.join(folder, 'key');
    const identity = await generateX25519Identity();
    writeFileSync(keyFile, `${identity}\n`);
    const recipient = await identityToRecipient(identity);
    for (const size of sizes) {
      const plain = randomBytes(size);
      const ours = path.join(folder, 'ours.age');
      writeFileSync(ours, await wrapForRecipients([recipient], plain));
      expect(execFileSync('age', ['-d', '-i', keyFile, ours]).equals(plain)).toBe(true);
      const theirs = execFileSync('age', ['-r', recipient], { input: plain });
      expect((await opened([identity], theirs)).equals(plain)).toBe(true);
    }
  });
});
