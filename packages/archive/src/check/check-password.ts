import type { Check } from '../census/lock.js';
import { checkRar3Headers, checkRar3Member } from './rar3-check.js';
import { checkRar5 } from './rar5-check.js';
import { checkSevenZip } from './sevenzip-check.js';
import type { CheckVerdict } from './verdict.js';
import { checkZipAes, checkZipCrypto } from './zip-check.js';

/**
 * Whether a password fits a lock, from header bytes alone. Blocks its thread for as long as the format's key derivation
 * takes (RAR5 about 10 ms, RAR3 12, 7z 30, ZIP under 1): run it in a worker.
 */
export const checkPassword = (check: Check, password: string): CheckVerdict => {
  switch (check.scheme) {
    case 'rar5':
      return checkRar5(check, password);
    case 'rar3-headers':
      return checkRar3Headers(check, password);
    case 'rar3-member':
      return checkRar3Member(check, password);
    case 'zip-aes':
      return checkZipAes(check, password);
    case 'zip-crypto':
      return checkZipCrypto(check, password);
    case '7z':
      return checkSevenZip(check, password);
    case 'by-opening':
      return 'not-checked-here';
  }
};
