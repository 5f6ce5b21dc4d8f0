import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import { anyVisibleAuthority } from '../../seizure/queries/visible-authorities.js';
import type { LookedPicture } from '../run-unit.js';
import type { PictureOutcome } from '../schema.js';

/** Of these contents, each `[authority, sha256]`, those that need no look any more, as `authority sha256`. */
export const settledPictures = async (
  db: Db,
  caseRef: string,
  contents: readonly (readonly [string, string])[],
): Promise<readonly string[]> => {
  if (contents.length === 0) return [];
  const { rows } = await sql<{ key: string }>`
    select concat_ws(' ', picture.authority_id, picture.sha256) as key
      from unnest(${contents.map(([authority]) => authority)}::uuid[], ${contents.map(([, sha256]) => sha256)}::text[])
           as asked(authority_id, sha256)
      join investigator.picture as picture using (authority_id, sha256)
     where picture.case_ref = ${caseRef} and picture.outcome <> 'unread'`.execute(db);
  return rows.map(({ key }) => key);
};

/** Rows in a statement at most: their hashes travel as text. */
const portion = 1000;

export const insertPictures = async (
  tx: Tx,
  { unitId, caseRef }: { readonly unitId: string; readonly caseRef: string },
  looked: readonly LookedPicture[],
): Promise<void> => {
  for (let from = 0; from < looked.length; from += portion) {
    const rows = looked.slice(from, from + portion).map(({ authorityId, sha256, look }) => ({
      authority_id: authorityId,
      sha256,
      outcome: look.outcome,
      ...(look.outcome === 'decoded'
        ? {
            pdq: `\\x${Buffer.from(look.pdq.hash).toString('hex')}`,
            turned: `\\x${Buffer.from(look.turned).toString('hex')}`,
            quality: look.pdq.quality,
            integrity: look.integrity,
            decoded_by: look.decodedBy,
          }
        : { reason: look.reason }),
    }));
    await sql`
      insert into investigator.picture (unit_id, case_ref, authority_id, sha256, outcome, reason, pdq, turned, quality,
                                        integrity, decoded_by)
      select ${unitId}, ${caseRef}, *
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
             as row(authority_id uuid, sha256 text, outcome text, reason text, pdq bytea, turned bytea,
                    quality smallint, integrity text, decoded_by text)`.execute(tx);
  }
};

export interface OutcomeCount {
  readonly outcome: PictureOutcome;
  readonly pictures: number;
}

/** Contents by how looking at them ended, under authorities in force. One that was read in the end is not unread. */
export const countOutcomes = async (db: Db, caseRef: string): Promise<readonly OutcomeCount[]> =>
  (
    await sql<OutcomeCount>`
      select outcome, count(distinct (authority_id, sha256)) as pictures
        from investigator.picture as picture
       where case_ref = ${caseRef} and authority_id = ${anyVisibleAuthority(caseRef)}
         and (outcome <> 'unread' or not exists (
           select from investigator.picture as settled
            where settled.case_ref = picture.case_ref and settled.authority_id = picture.authority_id
              and settled.sha256 = picture.sha256 and settled.outcome <> 'unread'))
       group by outcome order by outcome`.execute(db)
  ).rows;
