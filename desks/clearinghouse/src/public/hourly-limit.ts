import { createHash, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Clock } from '@tutela/core';

/** Counts what comes from one place within an hour, in memory alone and without knowing the place. */
export interface HourlyLimit {
  readonly count: (address: string) => 'within' | 'over';
}

/**
 * Addresses stand under a digest with a salt that is forgotten with the hour, an IPv6 address for its /64. What is over
 * either limit is over.
 */
export const openHourlyLimit = (
  clock: Clock,
  { perPlace, altogether }: { readonly perPlace: number; readonly altogether: number },
): HourlyLimit => {
  let hour = '';
  let salt = randomBytes(32);
  let total = 0;
  const counts = new Map<string, number>();
  return {
    count: (address) => {
      const now = clock.now().slice(0, 13);
      if (now !== hour) {
        [hour, salt, total] = [now, randomBytes(32), 0];
        counts.clear();
      }
      total += 1;
      if (total > altogether) return 'over';
      const place = createHash('sha256').update(salt).update(networkOf(address)).digest('base64');
      const own = (counts.get(place) ?? 0) + 1;
      counts.set(place, own);
      return own > perPlace ? 'over' : 'within';
    },
  };
};

const networkOf = (address: string): string => {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail = ''] = address.split('::', 2);
  const front = head.split(':').filter((group) => group !== '');
  const back = tail.split(':').filter((group) => group !== '');
  const zeros = address.includes('::') ? Array<string>(8 - front.length - back.length).fill('0') : [];
  return [...front, ...zeros, ...back].slice(0, 4).join(':');
};
