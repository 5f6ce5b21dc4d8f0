import type { Check, Kdf } from '@tutela/archive';

/** Milliseconds a check on one processor, by this program (forensics.md §2.4). */
export const checkMilliseconds = (name: Kdf['name'], rounds: number): number => {
  switch (name) {
    case 'pbkdf2-hmac-sha256':
      return (10 * rounds) / 32_768;
    case 'rar3-sha1':
      return 12;
    case '7z-sha256':
      return (30 * rounds) / 524_288;
    case 'pbkdf2-hmac-sha1':
      return rounds / 1000;
    case 'zipcrypto':
      return 0.01;
  }
};

export const millisecondsOf = (check: Check): number => {
  switch (check.scheme) {
    case 'rar5':
      return checkMilliseconds('pbkdf2-hmac-sha256', 2 ** check.log2Rounds);
    case 'rar3-headers':
    case 'rar3-member':
      return checkMilliseconds('rar3-sha1', 2 ** 18);
    case '7z':
      return checkMilliseconds('7z-sha256', 2 ** check.log2Rounds);
    case 'zip-aes':
      return checkMilliseconds('pbkdf2-hmac-sha1', 1000);
    case 'zip-crypto':
      return checkMilliseconds('zipcrypto', 0);
    case 'by-opening':
      return 0;
  }
};
