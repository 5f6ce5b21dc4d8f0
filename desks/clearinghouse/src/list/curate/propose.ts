import { randomUUID } from 'node:crypto';
import { done, type JsonObject, type Outcome, refused, type UtcInstant } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import { treeOfCommitments, type VouchedContent, vouchAction } from '@tutela/hashlist/transparent';
import { nodeHasher } from '@tutela/ledger/node';
import { appendEvent } from '@tutela/ledger/postgres';
import type { PersonId, RequestDigest } from '@tutela/policy';
import { requestApproval } from '@tutela/policy/postgres';
import type { ListDeps } from '../deps.js';
import { listEvent, wrote } from '../list-events.js';
import { attachCandidates } from '../queries/candidates.js';
import { findList, type ListRow, reviewers } from '../queries/catalogue.js';
import { insertBatch, type NewEntryRow } from '../queries/curation.js';
import type { BatchId, ListId, MemberId } from '../schema.js';
import { type EntryFault, entryFault, type NewEntry, prepareEntry } from './new-entry.js';

export interface Proposal {
  readonly list: ListId;
  readonly by: PersonId;
  readonly entries: readonly NewEntry[];
}

export interface Proposed {
  readonly batch: BatchId;
  /** What reviewers sign. */
  readonly digest: RequestDigest;
  readonly size: number;
}

export type ProposalFault =
  | EntryFault
  | 'unknown-list'
  | 'no-entries'
  | 'too-many'
  | 'person-unknown'
  | 'too-long'
  | 'candidate-taken';

const largestBatch = 10_000;

/** Puts entries up for two reviewers. Until both have signed, nobody receives them. */
export const propose = async (
  deps: ListDeps,
  { list, by, entries }: Proposal,
): Promise<Outcome<Proposed, ProposalFault>> => {
  const row = await findList(deps.db, list);
  if (row === undefined) return refused('unknown-list', `there is no list ${list}`);
  if (entries.length === 0) return refused('no-entries', 'nothing was proposed');
  if (entries.length > largestBatch)
    return refused('too-many', `at most ${largestBatch} entries are proposed together`);
  for (const entry of entries) {
    const fault = entryFault(entry);
    if (fault !== undefined) return fault;
  }
  const rows: NewEntryRow[] = [];
  for (const entry of entries) rows.push(await prepareEntry(deps.vault, list, entry, row.publisher_id));
  const candidates = entries.flatMap(({ candidate }) => candidate ?? []);
  return await inTransaction(deps.db, async (tx) => {
    const put = await putUp(tx, row, { rows, by, at: deps.clock.now(), recipient: null });
    if (put.kind !== 'done' || candidates.length === 0) return put;
    const taken = await attachCandidates(tx, list, candidates, put.value.batch);
    if (taken < candidates.length) throw new CandidateTaken();
    for (const candidate of candidates) {
      const said = { subjects: [`hashlist/${list}/candidate/${candidate}`], payload: { batch: put.value.batch } };
      const effects = [wrote('list_candidate', { candidate_id: candidate })];
      await appendEvent(
        tx,
        listEvent('list-candidate-classified', { actor: by, at: deps.clock.now() }, { ...said, effects }),
      );
    }
    return put;
  }).catch((error: unknown) => {
    if (error instanceof CandidateTaken) return refused('candidate-taken', 'somebody has proposed one of them already');
    throw error;
  });
};

/** Undoes the transaction. */
class CandidateTaken extends Error {}

export interface PutUp {
  readonly rows: readonly NewEntryRow[];
  readonly by: PersonId;
  readonly at: UtcInstant;
  readonly recipient: MemberId | null;
}

/** Stores entries and asks two reviewers for their word on all of them together. */
export const putUp = async (
  tx: Tx,
  list: ListRow,
  { rows, by, at, recipient }: PutUp,
): Promise<Outcome<Proposed, 'person-unknown' | 'too-long'>> => {
  const { root, size } = treeOfCommitments(
    nodeHasher,
    rows.map(({ commitment }) => commitment),
  );
  const content: VouchedContent = {
    list: list.list_id,
    rule: list.rule,
    root,
    size,
    reviewers: Object.fromEntries(await reviewers(tx)),
  };
  // The same words for all: whoever is shown the request later must not tell canaries by them.
  const asked = { action: vouchAction, requestedBy: by, reason: `entries for ${list.list_id}`, at, hours: 72 };
  const request = await requestApproval(tx, { ...asked, content: content as unknown as JsonObject });
  if (request.kind !== 'done') return request;
  const { digest } = request.value;
  const batch = randomUUID() as string as BatchId;
  const stored = {
    batch_id: batch,
    list_id: list.list_id,
    root,
    size,
    request_digest: digest,
    recipient_id: recipient,
  };
  await insertBatch(tx, { ...stored, proposed_by: by, proposed_at: at }, rows);
  const said = { subjects: [`hashlist/${list.list_id}`], payload: { batch, size, root, digest } };
  const effects = [wrote('list_batch', { batch_id: batch })];
  await appendEvent(tx, listEvent('list-entries-proposed', { actor: by, at }, { ...said, effects }));
  return done({ batch, digest, size });
};
