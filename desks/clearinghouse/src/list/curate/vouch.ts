import { done, type JsonObject, type Outcome, refused } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import { organisationFault, type VouchedContent, vouchAction } from '@tutela/hashlist/transparent';
import { appendEvent } from '@tutela/ledger/postgres';
import type { Approval, RequestDigest } from '@tutela/policy';
import {
  type ConsumeFault,
  consumeApproval,
  findRequest,
  type RecordFault,
  readSite,
  recordApproval,
} from '@tutela/policy/postgres';
import type { ListDeps } from '../deps.js';
import { listEvent, wrote } from '../list-events.js';
import { publishVersion } from '../publish/publish.js';
import { noteAccess } from '../queries/catalogue.js';
import {
  approvedBatches,
  type BatchRow,
  findBatch,
  markListed,
  nextChange,
  scatterCanaries,
} from '../queries/curation.js';
import { holdList } from '../queries/tables.js';
import type { BatchId, ListId } from '../schema.js';

export type VouchFault = RecordFault | ConsumeFault | 'unknown-batch' | 'no-reviewer' | 'same-organisation';

export interface VouchedFor {
  readonly batch: BatchId;
  /** `vouched-once`: another reviewer has to sign yet. */
  readonly state: 'vouched-once' | 'listed';
}

interface Listing extends VouchedFor {
  /** Set when it opened the list to a recipient. */
  readonly opened?: ListId;
}

/**
 * Takes one reviewer's signed word for the entries of a proposal. With the second one they are listed, in the same
 * transaction. A person who is no reviewer, or of the same organisation where the list asks for two, is told before
 * their word is stored.
 */
export const vouch = async (deps: ListDeps, approval: Approval): Promise<Outcome<VouchedFor, VouchFault>> => {
  const vouched = await inTransaction(deps.db, async (tx): Promise<Outcome<Listing, VouchFault>> => {
    const batch = await findBatch(tx, approval.request);
    const asked = await findRequest(tx, approval.request);
    if (batch === undefined || asked === undefined)
      return refused('unknown-batch', 'nothing of that kind waits to be vouched for');
    const people = [...asked.approvals.map(({ person }) => person), approval.person];
    const fault = reviewersFault(contentOf(asked.request.content), people);
    if (fault !== undefined) return fault;
    const recorded = await recordApproval(tx, await readSite(tx), approval);
    if (recorded.kind !== 'done') return recorded;
    if (recorded.value.approvals.length < recorded.value.needed)
      return done({ batch: batch.batch_id, state: 'vouched-once' });
    return await list(tx, deps, batch, approval.person);
  });
  return await publishedTo(deps, vouched);
};

/** Lists what two reviewers have signed at another page, such as the one for approvals. Gives how many proposals. */
export const listApproved = async (deps: ListDeps): Promise<number> => {
  let listed = 0;
  for (const digest of await approvedBatches(deps.db)) {
    const outcome = await inTransaction(deps.db, async (tx) => await listOne(tx, deps, digest));
    if ((await publishedTo(deps, outcome)).kind === 'done') listed++;
  }
  return listed;
};

/** A new recipient's canaries are in no version yet: at once there is one, against which they can check what they hold. */
const publishedTo = async (
  deps: ListDeps,
  listing: Outcome<Listing, VouchFault>,
): Promise<Outcome<VouchedFor, VouchFault>> => {
  if (listing.kind !== 'done') return listing;
  const { opened, ...vouched } = listing.value;
  if (opened !== undefined) await publishVersion(deps, opened, 'clearinghouse/list');
  return done(vouched);
};

const listOne = async (tx: Tx, deps: ListDeps, digest: RequestDigest): Promise<Outcome<Listing, VouchFault>> => {
  const batch = await findBatch(tx, digest);
  const asked = await findRequest(tx, digest);
  if (batch === undefined || asked === undefined) return refused('unknown-batch', 'it went meanwhile');
  const fault = reviewersFault(
    contentOf(asked.request.content),
    asked.approvals.map(({ person }) => person),
  );
  return fault ?? (await list(tx, deps, batch, 'clearinghouse/list'));
};

/** Uses the approval and makes its entries part of the list. */
const list = async (
  tx: Tx,
  { clock }: ListDeps,
  batch: BatchRow,
  by: string,
): Promise<Outcome<Listing, VouchFault>> => {
  const { batch_id, list_id, request_digest: digest, recipient_id: recipient } = batch;
  const asked = await findRequest(tx, digest);
  if (asked === undefined) return refused('unknown-batch', 'it went meanwhile');
  await holdList(tx, list_id);
  const at = clock.now();
  const used = await consumeApproval(tx, await readSite(tx), {
    digest,
    action: vouchAction,
    content: asked.request.content,
    by,
    at,
  });
  if (used.kind !== 'done') return used;
  await markListed(tx, batch_id, at, await nextChange(tx, list_id, at));
  if (recipient !== null) {
    await scatterCanaries(tx, list_id, batch_id, recipient);
    await noteAccess(tx, list_id, recipient, { opened_at: at });
  }
  const access = recipient === null ? [] : [wrote('list_access', { list_id, member_id: recipient })];
  await appendEvent(
    tx,
    listEvent(
      'list-entries-listed',
      { actor: by, at },
      {
        subjects: [`hashlist/${list_id}`],
        payload: { batch: batch_id, root: batch.root, size: batch.size, digest, reviewers: [...used.value.people] },
        effects: [wrote('list_batch', { batch_id }), ...access],
      },
    ),
  );
  return done({ batch: batch_id, state: 'listed', ...(recipient === null ? {} : { opened: list_id }) });
};

const contentOf = (content: JsonObject): VouchedContent => content as unknown as VouchedContent;

/** What the list's rule, as it stood when the entries were proposed, has against these people. */
const reviewersFault = (
  { rule, reviewers }: VouchedContent,
  people: readonly string[],
): Outcome<never, 'no-reviewer' | 'same-organisation'> | undefined => {
  const organisations = people.map((person) => reviewers[person]);
  if (organisations.some((organisation) => organisation === undefined))
    return refused('no-reviewer', 'only who was a reviewer when it was proposed can vouch for it');
  return organisationFault(rule, organisations as readonly string[]) === undefined
    ? undefined
    : refused('same-organisation', 'this list asks for reviewers of two organisations');
};
