import { groupBy, toInstant, type UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { RangeData, RangeSource } from '@tutela/ranges';
import type { ProviderBook, ProviderContact } from './countries.js';
import { type AccessTarget, accessTargets } from './queries/targets.js';

/**
 * Asks one provider to keep what it has on its customers at these addresses and moments (Budapest Convention, Articles
 * 16, 17 and 29; 18 USC 2703(f)). Nothing is handed out by it: a production order follows.
 */
export interface PreservationRequest {
  readonly caseRef: string;
  readonly country: string;
  /** The registry's id of the holder. */
  readonly holder: string;
  readonly provider?: ProviderContact;
  /** Which data named country and holder. */
  readonly data: readonly RangeSource[];
  /** Oldest first. Without a port, an address that many share names nobody. */
  readonly targets: readonly AccessTarget[];
  readonly withoutPort: number;
  readonly firstAt: UtcInstant;
  readonly lastAt: UtcInstant;
  readonly askedAt: UtcInstant;
  /** Until when to keep it, unless it is renewed. */
  readonly keepUntil: UtcInstant;
}

/** Of the convention, and of 2703(f). */
const days = 90;
const most = 1_000_000;

/** One request for each provider and country, the one with the oldest evidence first. */
export const preservationRequests = async (
  db: Db,
  caseRef: string,
  { data, book = new Map(), at }: { readonly data: RangeData; readonly book?: ProviderBook; readonly at: UtcInstant },
): Promise<readonly PreservationRequest[]> => {
  const placed = (await accessTargets(db, caseRef, most)).flatMap((target) => {
    const country = data.countryOf(target.address);
    // Nobody can be asked about an address that the data does not hold: `usersByCountry` counts it as unknown.
    return country === undefined ? [] : [{ target, country, holder: data.holderOf(target.address) ?? 'unknown' }];
  });
  const keepUntil = toInstant(new Date(Date.parse(at) + days * 86_400_000));
  return [...groupBy(placed, ({ country, holder }) => `${country} ${holder}`).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const targets = group.map(({ target }) => target);
    const provider = book.get(first.holder);
    return [
      {
        caseRef,
        country: first.country,
        holder: first.holder,
        ...(provider !== undefined && { provider }),
        data: [data.source],
        targets,
        withoutPort: targets.filter(({ port }) => port === null).length,
        firstAt: first.target.at,
        lastAt: targets.at(-1)?.at ?? first.target.at,
        askedAt: at,
        keepUntil,
      },
    ];
  });
};
