import { type Clock, done, nothing, type Outcome } from '@tutela/core';
import { type Kysely, sql } from 'kysely';
import { LedgerError } from '../../ledger-error.js';
import { pemOfCertificates } from '../../time/pem.js';
import { requestTimestamp } from '../../time/request-timestamp.js';
import { stampedBody } from '../../time/stamped-body.js';
import { readHead, type StoredHead } from '../stored-tree.js';
import { ledgerTables } from '../tables.js';
import {
  type AuthorityState,
  insertFailure,
  insertTimestamp,
  readAuthorityStates,
  readTimestamps,
} from './stored-timestamps.js';

/** An authority that heads are stamped by. */
export interface TimeAuthority {
  /** Ours for it, unique; it stands beside its tokens. */
  readonly name: string;
  /** Where it takes RFC 3161 queries by POST. */
  readonly url: string;
  /** Its root certificate and what leads to it, PEM. */
  readonly roots: string;
}

export interface StampDeps {
  readonly authorities: readonly TimeAuthority[];
  readonly clock: Clock;
  /** For each answer; 20,000 unless said otherwise. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface StampTurnDeps extends StampDeps {
  /** Each authority is asked at most so often. */
  readonly everyMinutes: number;
}

export type StampResult =
  | { readonly authority: string; readonly result: 'stamped' | 'already'; readonly size: bigint }
  | {
      readonly authority: string;
      readonly result: 'failed';
      readonly size: bigint;
      readonly code: string;
      readonly why: string;
    };

/** Arbitrary; whoever has heads stamped by turns holds the advisory lock of this number. */
const stampLock = '4207849484162901385';

/**
 * Has the newest head stamped by every authority whose turn it is: the head is new to it, its last token is old enough,
 * and it is not resting after failures. Nobody waits for it: it takes no lock that sequencing wants, and an authority
 * that is silent costs one connection for the time limit.
 *
 * May run in many processes: one at a time works, the others get `nothing`.
 */
export const stampDue = (
  db: Kysely<unknown>,
  deps: StampTurnDeps,
): Promise<Outcome<readonly StampResult[], 'another-stamper' | 'no-head'>> =>
  db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ ours: boolean }>`
      select pg_try_advisory_xact_lock(${stampLock}::bigint) as ours`.execute(tx);
    if (!rows[0]?.ours) return nothing('another-stamper', 'somebody else is having this ledger stamped');
    const head = await readHead(ledgerTables(tx));
    if (head === undefined) return nothing('no-head', 'the ledger is empty');
    const states = await readAuthorityStates(
      tx,
      deps.authorities.map(({ name }) => name),
    );
    const now = Date.parse(deps.clock.now());
    const due = deps.authorities.filter((_, at) => isDue(states[at] as AuthorityState, head, now, deps.everyMinutes));
    return done(await stampBy(tx, deps, head, due));
  });

/** Whether this head is for this authority to stamp now. */
const isDue = (
  { stamped, failures, lastFailure }: AuthorityState,
  head: StoredHead,
  now: number,
  everyMinutes: number,
) =>
  (stamped === undefined || (stamped.size < head.size && now >= Date.parse(stamped.at) + everyMinutes * 60_000)) &&
  (lastFailure === undefined || now >= Date.parse(lastFailure.at) + restMs(failures));

const longestRestMs = 3_600_000;

/** One minute after the first failure, twice as long after each further one, an hour at most. */
const restMs = (failures: number): number => Math.min(60_000 * 2 ** (failures - 1), longestRestMs);

/**
 * Has the head of this size stamped now by every authority that has not yet, whatever is due: what a package does at its
 * export. Done even when authorities fail; the results say which.
 */
export const stampNow = async (
  db: Kysely<unknown>,
  deps: StampDeps,
  size: bigint,
): Promise<Outcome<readonly StampResult[], 'no-such-head'>> => {
  const head = await ledgerTables(db)
    .selectFrom('ledger.checkpoint')
    .select(['root', 'note'])
    .where('size', '=', String(size))
    .executeTakeFirst();
  if (head === undefined) return nothing('no-such-head', `no head of ${size} leaves was signed`);
  const stamped = new Set((await readTimestamps(db, size)).map(({ authority }) => authority));
  const missing = deps.authorities.filter(({ name }) => !stamped.has(name));
  const results = await stampBy(db, deps, { ...head, size }, missing);
  const already = [...stamped].map((authority) => ({ authority, result: 'already' as const, size }));
  return done([...already, ...results]);
};

const stampBy = async (
  db: Kysely<unknown>,
  { clock, timeoutMs, signal }: StampDeps,
  { size, note }: StoredHead,
  authorities: readonly TimeAuthority[],
): Promise<readonly StampResult[]> => {
  const body = stampedBody(note);
  if (body.kind !== 'done') throw new LedgerError('head-differs', `the checkpoint of ${size} leaves is no signed note`);
  const answers = await Promise.all(
    authorities.map(async ({ name, url, roots }) => {
      const order = { url, imprintOf: body.value, roots: [roots] };
      const limits = { ...(timeoutMs !== undefined && { timeoutMs }), ...(signal && { signal }) };
      return { authority: name, answer: await requestTimestamp({ ...order, ...limits }) };
    }),
  );
  const results: StampResult[] = [];
  for (const { authority, answer } of answers) {
    if (answer.kind === 'done') {
      const { token, proven } = answer.value;
      const chain = pemOfCertificates(proven.chain);
      const row = { size, authority, token, genTime: proven.genTime, chain };
      const stored = await insertTimestamp(db, row, clock.now());
      results.push({ authority, size, result: stored === 'stored' ? 'stamped' : 'already' });
    } else {
      const failure = { authority, size, code: answer.reason.code, why: answer.reason.message };
      await insertFailure(db, failure, clock.now());
      results.push({ ...failure, result: 'failed' });
    }
  }
  return results;
};
