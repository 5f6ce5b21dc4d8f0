import type { UtcInstant } from '@tutela/core';
import type { Authority, AuthorityId, AuthorityRecord } from '../authority/authority.js';
import type { Grounds } from '../authority/decision.js';
import type { Freeze } from '../authority/freeze.js';
import { standingOf, versionsInPlay } from '../authority/standing.js';
import { type AnyDb, policyTables } from './tables.js';

/** All that decisions about a case rest on, of all times, so that an old decision can be made again. */
export const loadGrounds = async (db: AnyDb, caseRef: string): Promise<Grounds> => ({
  authorities: await loadAuthorities(db, caseRef),
  freezes: await loadFreezes(db, caseRef),
});

/** The authorities of a case that are in force at a moment, each in its newest verified version. */
export const activeAuthorities = async (db: AnyDb, caseRef: string, at: UtcInstant): Promise<readonly Authority[]> => {
  const inPlay = versionsInPlay(await loadAuthorities(db, caseRef), at);
  return inPlay.filter((record) => standingOf(record, at) === 'in-force').map(({ authority }) => authority);
};

/** Every version of every authority of a case; of all cases when none is named. */
export const loadAuthorities = async (db: AnyDb, caseRef?: string): Promise<readonly AuthorityRecord[]> => {
  let query = policyTables(db)
    .selectFrom('policy.authority_version as version')
    .leftJoin('policy.authority_verification as verified', (join) =>
      join
        .onRef('verified.authority_id', '=', 'version.authority_id')
        .onRef('verified.version', '=', 'version.version'),
    )
    .leftJoin('policy.authority_end as end', 'end.authority_id', 'version.authority_id')
    .select(['document', 'verified_by', 'verified_at', 'end.kind', 'ended_at', 'ended_by', 'reason', 'successor'])
    .orderBy('version.authority_id')
    .orderBy('version.version');
  if (caseRef !== undefined) query = query.where('version.case_ref', '=', caseRef);
  return (await query.execute()).map(({ document, verified_by: by, verified_at: at, ...end }) => ({
    authority: JSON.parse(document) as Authority,
    ...(by !== null && at !== null && { verification: { by, at } }),
    ...endOf(end),
  }));
};

interface EndColumns {
  readonly kind: 'revoked' | 'superseded' | null;
  readonly ended_at: UtcInstant | null;
  readonly ended_by: string | null;
  readonly reason: string | null;
  readonly successor: AuthorityId | null;
}

const endOf = ({ ended_at: at, ended_by: by, reason, successor }: EndColumns): Pick<AuthorityRecord, 'end'> => {
  if (at === null || by === null || reason === null) return {};
  return { end: successor === null ? { kind: 'revoked', at, by, reason } : { kind: 'superseded', at, by, successor } };
};

export const loadFreezes = async (db: AnyDb, caseRef: string): Promise<readonly Freeze[]> => {
  const rows = await policyTables(db)
    .selectFrom('policy.freeze as freeze')
    .leftJoin('policy.freeze_lift as lift', 'lift.freeze_id', 'freeze.freeze_id')
    .select(['freeze.freeze_id', 'freeze.case_ref', 'source_id', 'item_ref', 'frozen_at', 'frozen_by', 'reason'])
    .select(['authority_id', 'lifted_at'])
    .where('freeze.case_ref', '=', caseRef)
    .orderBy('frozen_at')
    .orderBy('freeze.freeze_id')
    .execute();
  return rows.map((row) => ({
    id: row.freeze_id,
    caseRef: row.case_ref,
    extent: extentOf(row.source_id, row.item_ref),
    at: row.frozen_at,
    by: row.frozen_by,
    reason: row.reason,
    ...(row.authority_id !== null &&
      row.lifted_at !== null && { lift: { authority: row.authority_id, at: row.lifted_at } }),
  }));
};

const extentOf = (sourceId: string | null, itemRef: string | null): Freeze['extent'] => {
  if (itemRef !== null) return { kind: 'item', itemRef };
  return sourceId === null ? { kind: 'case' } : { kind: 'source', sourceId };
};
