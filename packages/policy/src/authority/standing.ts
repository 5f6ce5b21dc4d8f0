import { groupBy, type UtcInstant } from '@tutela/core';
import type { AuthorityRecord } from './authority.js';
import type { RuleId } from './decision.js';

/** What an authority is worth at a moment; a rule's name where it is worth nothing. */
export type Standing = 'in-force' | Extract<RuleId, `authority.${string}`>;

export const standingOf = ({ authority, verification, end }: AuthorityRecord, at: UtcInstant): Standing => {
  if (end !== undefined && end.at <= at) return `authority.${end.kind}`;
  if (authority.to <= at) return 'authority.expired';
  if (at < authority.from) return 'authority.not-yet';
  return verification !== undefined && verification.at <= at ? 'in-force' : 'authority.unverified';
};

/**
 * Of each authority the newest version that was verified by then, and newer ones that wait for it. An end of one
 * version is the end of all.
 */
export const versionsInPlay = (records: readonly AuthorityRecord[], at: UtcInstant): readonly AuthorityRecord[] =>
  [...groupBy(records, ({ authority }) => authority.id).values()].flatMap((versions) => {
    const end = versions.map((version) => version.end).find((found) => found !== undefined && found.at <= at);
    const known = versions.filter(({ authority }) => authority.enteredAt <= at);
    const verified = known.filter(({ verification }) => verification !== undefined && verification.at <= at);
    const newest = Math.max(0, ...verified.map(({ authority }) => authority.version));
    return known
      .filter(({ authority }) => authority.version >= newest)
      .map((version) => (end === undefined ? version : { ...version, end }));
  });
