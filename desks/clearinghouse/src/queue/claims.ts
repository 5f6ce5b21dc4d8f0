import { type Clock, done, type Outcome, refused, type UtcInstant } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { appendEvent, type NewEvent } from '@tutela/ledger/postgres';
import { claimantOf, deleteClaim, insertClaim, itemExists } from './queries/claims.js';

interface ClaimDeps {
  readonly db: Db;
  readonly clock: Clock;
}

interface Claiming {
  /** `report/1000001` or `bundle/UUID`. */
  readonly item: string;
  readonly person: string;
}

/** Says that a person is at work on an item. Nobody is kept from looking; two do not decide at once unawares. */
export const claimItem = (
  { db, clock }: ClaimDeps,
  { item, person }: Claiming,
): Promise<Outcome<string, 'item-unknown' | 'claimed-by-another'>> =>
  inTransaction(db, async (tx) => {
    if ((await itemExists(tx, item)) === 'not-there') return refused('item-unknown', `the queue has no ${item}`);
    const before = await claimantOf(tx, item);
    if (before === person) return done(person);
    const at = clock.now();
    const claimant = await insertClaim(tx, item, person, at);
    if (claimant !== person) return refused('claimed-by-another', `${claimant} is at work on ${item}`);
    await appendEvent(tx, claimEvent('claimed', { item, person }, at));
    return done(person);
  });

/** Anybody may end a claim, also another's: people go home. Who did is on record. */
export const releaseItem = (
  { db, clock }: ClaimDeps,
  { item, person }: Claiming,
): Promise<Outcome<string, 'item-unclaimed'>> =>
  inTransaction(db, async (tx) => {
    const claimant = await claimantOf(tx, item);
    if (claimant === undefined) return refused('item-unclaimed', `nobody is at work on ${item}`);
    await deleteClaim(tx, item);
    await appendEvent(tx, claimEvent('released', { item, person }, clock.now()));
    return done(claimant);
  });

const claimEvent = (act: 'claimed' | 'released', { item, person }: Claiming, at: UtcInstant): NewEvent => ({
  type: `clearinghouse.${act}`,
  actor: person,
  at,
  subjects: [`clearinghouse/${item}`],
  payload: {},
  effects: [
    act === 'claimed'
      ? { kind: 'written', table: 'clearinghouse.claim', key: { item }, columns: ['claimed_by', 'claimed_at'] }
      : { kind: 'gone', table: 'clearinghouse.claim', key: { item } },
  ],
});
