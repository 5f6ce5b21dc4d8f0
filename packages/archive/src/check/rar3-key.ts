import { createDecipheriv, createHash } from 'node:crypto';

const rounds = 2 ** 18;
const sections = 16;
const sectionRounds = rounds / sections;

/**
 * From this many bytes on RAR's own SHA-1 changes its input while it hashes (`sha1_process_rar29` in UnRAR), so that no
 * plain SHA-1 gives its key. Such passwords have more than 28 letters.
 */
export const longestPlainPassword = 28;

export interface Rar3Key {
  readonly key: Buffer;
  readonly iv: Buffer;
}

/**
 * SHA-1 over 2^18 rounds of password, salt and a counter of three bytes; a byte of the initialisation vector after the
 * first round of each sixteenth (RAR 4.20 technote; UnRAR `SetCryptKeys`).
 */
export const rar3Key = (password: Uint8Array, salt: Uint8Array): Rar3Key => {
  const piece = password.length + salt.length + 3;
  const section = repeated(Buffer.concat([password, salt, Buffer.alloc(3)]), sectionRounds);
  const counterAt = piece - 3;
  for (let round = 0, at = counterAt; round < sectionRounds; round++, at += piece) section[at] = round & 0xff;

  const hash = createHash('sha1');
  const iv = Buffer.alloc(sections);
  for (let number = 0; number < sections; number++) {
    const base = number * sectionRounds;
    for (let round = 0, at = counterAt + 1; round < sectionRounds; round++, at += piece) {
      section[at] = ((base + round) >> 8) & 0xff;
      section[at + 1] = (base + round) >> 16;
    }
    hash.update(section.subarray(0, piece));
    iv[number] = hash.copy().digest()[19]!;
    hash.update(section.subarray(piece));
  }
  const digest = hash.digest();
  return { key: digest.subarray(0, 16).swap32(), iv };
};

const repeated = (pattern: Buffer, times: number): Buffer => Buffer.alloc(pattern.length * times, pattern);

export const decryptRar3 = ({ key, iv }: Rar3Key, data: Uint8Array): Buffer =>
  createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false).update(data);
