import { createHash } from 'node:crypto';
import type { ReportNumber } from '@tutela/cybertip';

/** SHA-256 of the report numbers, ascending, each followed by a line feed: vouches for who is in a referral. */
export const membersDigest = (reports: readonly ReportNumber[]): string => {
  const sorted = [...reports].sort((one, other) => one.length - other.length || (one < other ? -1 : 1));
  return createHash('sha256')
    .update(sorted.map((number) => `${number}\n`).join(''))
    .digest('hex');
};
