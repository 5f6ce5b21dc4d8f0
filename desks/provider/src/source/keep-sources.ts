import { readPrefix } from '@tutela/attribution/exchange';
import { type Clock, done, type Outcome, refused } from '@tutela/core';
import { type Db, inTransaction, type Tx } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { sourceEvent } from '../events.js';
import { ProviderError } from '../provider-error.js';
import { findSource, insertSource, listSources, type StoredSource } from '../queries/sources.js';
import { type DeclaredSource, declarationDigest, formatOf, readDeclaredSource } from './declared-source.js';

type AddFault = 'source-malformed' | 'source-known' | 'format-unknown' | 'pattern-malformed' | 'pools-disagree';

/** Keeps what an operator states of an exporter. It stands as it is: another configuration is another exporter. */
export const addSource = async (
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  value: unknown,
  by: string,
): Promise<Outcome<DeclaredSource, AddFault>> => {
  const read = readDeclaredSource(value);
  if (read.kind !== 'done') return read;
  const source = read.value;
  const format = await formatOf(source);
  if (format.kind !== 'done') return format;
  const row = {
    exporter: source.log.exporter,
    declaration: JSON.stringify(source),
    sha256: declarationDigest(source),
    added_at: clock.now(),
  };
  return await inTransaction(db, async (tx) => {
    const clash = (await declaredSources(tx)).find((other) => clashes(source, other));
    if (clash !== undefined && clash.log.exporter !== source.log.exporter)
      return refused('pools-disagree', `${clash.log.exporter} leads elsewhere from some of these addresses`);
    if ((await insertSource(tx, row)) === 'known')
      return refused('source-known', `${row.exporter} is declared; it stands as it is`);
    await appendEvent(tx, sourceEvent(row, by));
    return done(source);
  });
};

/** What addresses of a source lead to. */
export const leadsTo = ({ role }: DeclaredSource): 'inside' | 'account' =>
  role.kind === 'translation' ? role.leadsTo : 'account';

/** One address is asked about in one way: from all that hand it out the same chain leads on. */
const clashes = (one: DeclaredSource, other: DeclaredSource): boolean =>
  leadsTo(one) !== leadsTo(other) && one.pools.some((pool) => other.pools.some((each) => overlap(pool, each)));

const overlap = (one: string, other: string): boolean => {
  const [a, b] = [readPrefix(one), readPrefix(other)];
  if (a === undefined || b === undefined || a.version !== b.version) return false;
  const bits = BigInt((a.version === 4 ? 32 : 128) - Math.min(a.length, b.length));
  return BigInt(a.value) >> bits === BigInt(b.value) >> bits;
};

export const declaredSources = async (db: Db | Tx): Promise<readonly DeclaredSource[]> =>
  (await listSources(db)).map(declarationOf);

export const declaredSource = async (db: Db | Tx, exporter: string): Promise<DeclaredSource | undefined> => {
  const row = await findSource(db, exporter);
  return row && declarationOf(row);
};

const declarationOf = ({ exporter, declaration }: StoredSource): DeclaredSource => {
  const read = readDeclaredSource(declaration);
  if (read.kind !== 'done') throw new ProviderError('source-damaged', `the declaration of ${exporter} is damaged`);
  return read.value;
};
