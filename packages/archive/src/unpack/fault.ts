import { refused } from '@tutela/core';
import type { Check } from '../census/lock.js';
import { checkPassword } from '../check/check-password.js';
import { verifierFits } from '../check/zip-check.js';
import type { UnpackOutcome } from './outcomes.js';

/**
 * Why an archive was not unpacked. 7-Zip says "Wrong password?" of damage as well, so the archive's own check decides:
 * where the password is proven right it is damage; RAR5 and AES in ZIP keep a value of the password apart from the data,
 * so there it can be proven wrong; RAR3, ZipCrypto and 7z cannot, and the answer says so.
 */
export const faultOf = (words: string, check: Check | undefined, password: string): UnpackOutcome => {
  if (/Missing volume/i.test(words)) return refused('volume-missing', 'a volume is missing');
  if (/Unsupported Method/i.test(words)) return refused('unsupported', 'it is packed in a way that is not known');
  const damage = refused('damaged' as const, lastLine(words));
  if (!/wrong password|encrypted|CRC Failed|Data Error|Headers Error|Cannot open/i.test(words)) return damage;
  switch (check === undefined ? 'not-locked' : standing(check, password)) {
    case 'not-locked':
    case 'right':
      return damage;
    case 'wrong':
      return refused('wrong-password', 'the password is another');
    case 'undecidable':
      return refused('wrong-password-or-damaged', 'this format does not tell a wrong password from damage');
  }
};

const standing = (check: Check, password: string): 'right' | 'wrong' | 'undecidable' => {
  if (checkPassword(check, password) === 'opens') return 'right';
  if (check.scheme === 'rar5') return 'wrong';
  if (check.scheme === 'zip-aes') return verifierFits(check, password) ? 'right' : 'wrong';
  return 'undecidable';
};

const lastLine = (words: string): string =>
  words
    .split('\n')
    .findLast((line) => /error|warning/i.test(line))
    ?.slice(0, 200) ?? 'it cannot be unpacked';
