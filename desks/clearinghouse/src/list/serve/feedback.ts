import { done, type Outcome, refused } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import {
  type FeedbackSubmission,
  type FingerprintType,
  fingerprintTypes,
  HashListError,
  parseFeedback,
} from '@tutela/hashlist';
import { appendEvent } from '@tutela/ledger/postgres';
import { reasonsFor } from '../categories.js';
import type { ListDeps } from '../deps.js';
import { listEvent, wrote } from '../list-events.js';
import { nextChange } from '../queries/curation.js';
import { findVisible, putFeedback } from '../queries/serving.js';
import { holdList } from '../queries/tables.js';
import type { Subscriber } from './admission.js';
import { noteProbe } from './probing.js';

export interface NamedFingerprint {
  readonly memberId: string;
  readonly entryId: string;
  readonly type: string;
}

export type FeedbackFault = 'unknown-entry' | 'malformed-feedback' | 'unknown-reason';

/** The type that a path names; NCMEC's documentation and its open client write one of them differently. */
export const typeNamed = (name: string): FingerprintType | undefined => fingerprintTypes.find((type) => type === name);

/**
 * Takes a member's opinion on one fingerprint of an entry; a later one takes the place of the one before. An entry that
 * was never there, one that was withdrawn and one that is another recipient's end alike, and are counted.
 */
export const takeFeedback = async (
  deps: ListDeps,
  { list, member }: Subscriber,
  { memberId, entryId, type: typeName }: NamedFingerprint,
  body: string,
): Promise<Outcome<undefined, FeedbackFault>> => {
  const submission = readSubmission(body);
  if (submission === undefined) return refused('malformed-feedback', 'the body is no feedbackSubmission');
  const type = typeNamed(typeName);
  const taken = await inTransaction(deps.db, async (tx): Promise<Outcome<undefined, FeedbackFault>> => {
    await holdList(tx, list);
    const entry = await findVisible(tx, { list, member, submitter: memberId, id: entryId });
    const types = Object.keys({ ...entry?.fingerprints, ...entry?.large });
    if (entry === undefined || type === undefined || !types.includes(type))
      return refused('unknown-entry', 'there is no such fingerprint for this member');
    const known = new Set(reasonsFor(type).map(({ guid }) => guid));
    const reasons = submission.kind === 'negative' ? submission.reasons : [];
    if (reasons.some((guid) => !known.has(guid))) return refused('unknown-reason', 'a reason is one of those offered');
    const at = deps.clock.now();
    const key = { entry_id: entry.entry_id, member_id: member, fingerprint_type: type };
    await putFeedback(tx, { ...key, verdict: submission.kind, reasons, given_at: at }, await nextChange(tx, list, at));
    const said = {
      subjects: [`hashlist/${list}/entry/${entry.entry_id}`],
      payload: { type, verdict: submission.kind, reasons: [...reasons] },
    };
    const by = { actor: `hashlist/member/${member}`, at };
    await appendEvent(tx, listEvent('list-feedback-given', by, { ...said, effects: [wrote('list_feedback', key)] }));
    return done(undefined);
  });
  if (taken.kind !== 'done' && taken.reason.code === 'unknown-entry')
    await noteProbe(deps, { list, source: `member/${member}`, kind: 'unknown-entry' });
  return taken;
};

const readSubmission = (body: string): FeedbackSubmission | undefined => {
  try {
    return parseFeedback(body);
  } catch (error) {
    if (error instanceof HashListError) return undefined;
    throw error;
  }
};
