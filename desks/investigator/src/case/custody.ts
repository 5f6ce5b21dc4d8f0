import { done, newId, type Outcome, refused, type UtcInstant } from '@tutela/core';
import type { Tx } from '@tutela/db';
import { type By, recordCaseAct } from './cases.js';
import { exhibitSubject } from './exhibits.js';
import { type CustodyRow, countCustody, findExhibit, insertCustody } from './queries.js';
import type { CustodyAction, CustodyContent, CustodyId } from './schema.js';

export const custodyActions: readonly CustodyAction[] = [
  'seized',
  'transferred',
  'sealed',
  'unsealed',
  'acquired',
  'examined',
  'returned',
];

export interface NewCustody {
  readonly caseRef: string;
  /** Number of the exhibit. */
  readonly exhibit: string;
  readonly action: CustodyAction;
  readonly happenedAt: UtcInstant;
  /** Who has it afterwards. */
  readonly holder: string;
  readonly handedOverBy?: string;
  readonly secondPerson?: string;
  readonly place?: string;
  readonly sealIds?: readonly string[];
  readonly authority?: string;
  readonly reason: string;
  readonly content?: CustodyContent;
}

export type CustodyFault = 'unknown-exhibit' | 'malformed-custody';

/**
 * Records what happened to an exhibit. Also in a closed case, since what was taken is given back after it. Never
 * changed or removed: what was wrong is told by a further event.
 */
export const recordCustody = async (
  tx: Tx,
  custody: NewCustody,
  { by, at }: By,
): Promise<Outcome<CustodyRow, CustodyFault>> => {
  const exhibit = await findExhibit(tx, custody.caseRef, { number: custody.exhibit });
  if (exhibit === undefined)
    return refused('unknown-exhibit', `there is no exhibit ${custody.exhibit} in ${custody.caseRef}`);
  const fault = formFault(custody, at);
  if (fault !== undefined) return refused('malformed-custody', fault);
  const ordinal = (await countCustody(tx, exhibit.exhibit_id)) + 1;
  const row = await insertCustody(tx, {
    custody_id: newId<CustodyId>(),
    case_ref: custody.caseRef,
    exhibit_id: exhibit.exhibit_id,
    ordinal,
    action: custody.action,
    happened_at: custody.happenedAt,
    holder: custody.holder,
    handed_over_by: custody.handedOverBy ?? null,
    second_person: custody.secondPerson ?? null,
    place: custody.place ?? null,
    seal_ids: custody.sealIds ?? [],
    authority_id: custody.authority ?? null,
    reason: custody.reason,
    content: JSON.stringify(custody.content ?? {}),
    recorded_at: at,
    recorded_by: by,
  });
  await recordCaseAct(tx, {
    type: `exhibit-${custody.action}`,
    caseRef: custody.caseRef,
    by,
    at,
    subjects: [exhibitSubject(exhibit.exhibit_id)],
    payload: { number: exhibit.number, ordinal },
    effects: [{ kind: 'written', table: 'investigator.custody_event', key: { custody_id: row.custody_id }, columns }],
  });
  return done(row);
};

const formFault = ({ holder, reason, happenedAt, action, sealIds }: NewCustody, at: UtcInstant): string | undefined => {
  if (holder.trim() === '' || reason.trim() === '') return 'custody needs who has it and why';
  if (happenedAt > at) return 'custody tells of what has happened';
  if (action === 'sealed' && (sealIds ?? []).length === 0) return 'a seal has a number';
  return undefined;
};

const columns = [
  'case_ref',
  'exhibit_id',
  'ordinal',
  'action',
  'happened_at',
  'holder',
  'handed_over_by',
  'second_person',
  'place',
  'seal_ids',
  'authority_id',
  'reason',
  'content',
  'recorded_at',
  'recorded_by',
] as const;
