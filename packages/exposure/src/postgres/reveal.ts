import { done, newId, type Outcome, refused, type UtcInstant } from '@tutela/core';
import type { Tx } from '@tutela/db';
import { appendEvent, type Effect } from '@tutela/ledger/postgres';
import type { PersonId } from '@tutela/policy';
import { dayOf, endOf, plusSeconds, secondsBetween } from '../clock.js';
import type { LookingDesk } from '../desk-name.js';
import type { ExposureRules } from '../rules.js';
import { revealEffect } from './migrations.js';
import {
  forgottenReveals,
  holdPerson,
  insertReveal,
  insertWork,
  openRevealOf,
  revealById,
  setRevealEnd,
} from './queries.js';
import { readClock } from './read-clock.js';
import type { RevealRow } from './tables.js';

export interface NewReveal {
  readonly desk: LookingDesk;
  readonly subject: string;
  readonly sha256: string;
  readonly person: PersonId;
  readonly form: RevealRow['form'];
  readonly reason: string;
  readonly at: UtcInstant;
  readonly caseRef?: string | undefined;
  /** Rows of the desk's own that the same act writes; called once the reveal is there. */
  readonly alongside?: ((tx: Tx, reveal: RevealRow) => Promise<readonly Effect[]>) | undefined;
}

/**
 * Puts a look on record before anything of it is shown. What the person still had open ends with it: nobody looks at two
 * things. It closes by itself after `revealSeconds`, or when the day's limit is reached, whichever comes first.
 */
export const beginReveal = async (
  tx: Tx,
  rules: ExposureRules,
  asked: NewReveal,
): Promise<Outcome<RevealRow, 'over-limit'>> => {
  const { person, at, alongside, caseRef, ...what } = asked;
  await holdPerson(tx, person);
  const before = await openRevealOf(tx, person);
  if (before !== undefined) await end(tx, before, at < before.closes_at ? 'next' : 'time', at);
  const { seconds, limitSeconds } = await readClock(tx, rules, person, at);
  const left = limitSeconds - seconds;
  if (left <= 0) return refused('over-limit', `${seconds} of ${limitSeconds} seconds of today are used.`);
  const row: RevealRow = {
    reveal_id: newId(),
    ...what,
    person,
    day: dayOf(at, rules),
    started_at: at,
    closes_at: plusSeconds(at, Math.min(left, rules.revealSeconds)),
    ended_at: null,
    ended_by: null,
    seconds: null,
  };
  await insertReveal(tx, row);
  await insertWork(tx, { person, desk: row.desk, subject: row.subject }, at);
  const { reveal_id: reveal, desk, subject, sha256, form, reason } = row;
  await appendEvent(tx, {
    type: 'exposure.revealed',
    actor: person,
    at,
    subjects: [`reveal:${reveal}`, `${desk}:${subject}`],
    payload: { reveal, desk, subject, sha256, form, reason },
    effects: [revealEffect(reveal), ...((await alongside?.(tx, row)) ?? [])],
    ...(caseRef !== undefined && { caseRef }),
  });
  return done(row);
};

/** The person says that they no longer look. Said twice, the first time counts. */
export const endReveal = async (
  tx: Tx,
  { revealId, person, at }: { readonly revealId: string; readonly person: PersonId; readonly at: UtcInstant },
): Promise<Outcome<RevealRow, 'no-such-reveal'>> => {
  await holdPerson(tx, person);
  const row = await revealById(tx, revealId);
  if (row === undefined || row.person !== person) {
    return refused('no-such-reveal', `${person} has no reveal ${revealId}.`);
  }
  return done(row.ended_at === null ? await end(tx, row, at < row.closes_at ? 'person' : 'time', at) : row);
};

/** For a timer: ends, at the moment they closed, reveals of which nobody said that they ended. */
export const endForgotten = async (tx: Tx, at: UtcInstant): Promise<number> => {
  const forgotten = await forgottenReveals(tx, at, 50);
  for (const row of forgotten) await end(tx, row, 'time', at);
  return forgotten.length;
};

const end = async (
  tx: Tx,
  row: RevealRow,
  by: NonNullable<RevealRow['ended_by']>,
  now: UtcInstant,
): Promise<RevealRow> => {
  const at = endOf({ startedAt: row.started_at, closesAt: row.closes_at, endedAt: null }, now);
  const seconds = secondsBetween(row.started_at, at);
  const ended = await setRevealEnd(tx, row.reveal_id, { ended_at: at, ended_by: by, seconds });
  if (ended === undefined) return row;
  await appendEvent(tx, {
    type: 'exposure.reveal-ended',
    actor: by === 'time' ? 'program:exposure' : row.person,
    at: now,
    subjects: [`reveal:${row.reveal_id}`, `${row.desk}:${row.subject}`],
    payload: { reveal: row.reveal_id, by, seconds },
    effects: [revealEffect(row.reveal_id)],
  });
  return ended;
};
