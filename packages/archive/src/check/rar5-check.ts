import { pbkdf2Sync } from 'node:crypto';
import type { Check } from '../census/lock.js';
import { utf8Password } from './password-bytes.js';
import type { CheckVerdict } from './verdict.js';

/** The 32 bytes after 32 more rounds, folded to 8, are the check value: 64 bits (RAR 5.0 technote). */
export const checkRar5 = (check: Extract<Check, { scheme: 'rar5' }>, password: string): CheckVerdict => {
  const rounds = 2 ** check.log2Rounds + 32;
  const derived = pbkdf2Sync(utf8Password(password), Buffer.from(check.salt, 'hex'), rounds, 32, 'sha256');
  const folded = Buffer.alloc(8);
  derived.forEach((byte, at) => {
    folded[at & 7]! ^= byte;
  });
  return folded.toString('hex') === check.checkValue ? 'opens' : 'does-not-open';
};
