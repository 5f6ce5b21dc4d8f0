import { type Clock, done, type Outcome } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import type { AuthorityId } from '../referral/schema.js';
import { authoritySubject, written } from '../referral/tell.js';
import { putAuthorities, requeueUnroutable } from './queries.js';
import { type ReadRegistry, readRegistry } from './read-registry.js';

export interface ImportedRegistry extends Pick<ReadRegistry, 'sha256' | 'refused'> {
  readonly authorities: number;
  /** Reports for which no authority was known, that are routed again now. */
  readonly requeued: number;
}

/** So that an event names few enough subjects. */
const atOnce = 50;

/**
 * Takes over a registry that an operator brings. Each row keeps its source and date; an authority that the file does not
 * name stays as it is, since it may hold referrals: `standing` closed ends it.
 */
export const importRegistry = async (
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  { text, by }: { readonly text: string; readonly by: string },
): Promise<Outcome<ImportedRegistry, 'unreadable-registry'>> => {
  const read = readRegistry(text);
  if (read.kind !== 'done') return read;
  const { sha256, authorities, refused } = read.value;
  const at = clock.now();
  return await inTransaction(db, async (tx) => {
    const rows = authorities.map(({ address, ...row }) => ({
      ...row,
      authority_id: row.authority_id as AuthorityId,
      address: address === '' ? null : address,
      file_sha256: sha256,
      imported_at: at,
      imported_by: by,
    }));
    await putAuthorities(tx, rows);
    for (let from = 0; from < rows.length; from += atOnce) {
      const ids = rows.slice(from, from + atOnce).map(({ authority_id }) => authority_id);
      await appendEvent(tx, {
        type: 'clearinghouse.authorities-imported',
        actor: by,
        at,
        subjects: ids.map(authoritySubject),
        payload: { sha256, rows: rows.length, refused: refused.length },
        effects: ids.map((authority_id) => written('authority', { authority_id })),
      });
    }
    const countries = [...new Set(rows.map(({ country }) => country))];
    const requeued = await requeueUnroutable(tx, { countries, at });
    return done({ sha256, refused, authorities: rows.length, requeued });
  });
};
