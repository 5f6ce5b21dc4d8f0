import { done, nothing, type Outcome, toHex } from '@tutela/core';
import {
  commitTo,
  type EntryOpening,
  type EntryVouchers,
  type PublishedVersion,
  treeOfCommitments,
} from '@tutela/hashlist/transparent';
import { nodeHasher } from '@tutela/ledger/node';
import { type EventId, proveEvent } from '@tutela/ledger/postgres';
import type { JsonPerson } from '@tutela/policy';
import { findRequest, listPeople, readSite } from '@tutela/policy/postgres';
import { digestsOf } from '../curate/new-entry.js';
import type { ListDeps } from '../deps.js';
import { batchCommitments, batchRequest } from '../queries/curation.js';
import { findVisible, type NamedEntry, type StandingEntry } from '../queries/serving.js';
import type { StoredVersion } from '../queries/versions.js';

/** A version as members pass it to each other; `nothing` until the ledger has signed a head above it. */
export const provenVersion = async (
  { db }: Pick<ListDeps, 'db'>,
  { event_id }: Pick<StoredVersion, 'event_id'>,
): Promise<Outcome<PublishedVersion, 'not-yet-sequenced' | 'no-such-event'>> => {
  if (event_id === null) return nothing('not-yet-sequenced', 'the version is not in the ledger yet');
  const proven = await proveEvent(db, event_id as EventId);
  if (proven.kind !== 'done') return proven;
  const { proof, entry, opening } = proven.value;
  if (opening === undefined) return nothing('no-such-event', 'what the event said was destroyed');
  return done({ v: 1, proof, entry, opening: { key: toHex(opening.key), payload: opening.payload } });
};

export const openingOf = (
  entry: Pick<StandingEntry, 'submitter_id' | 'entry_id' | 'commitment_key' | 'vetting' | 'vetting_key' | 'large'>,
): EntryOpening => ({
  member: entry.submitter_id,
  id: entry.entry_id,
  key: toHex(entry.commitment_key),
  because: commitTo(nodeHasher, entry.vetting_key, entry.vetting),
  large: digestsOf(entry.large),
});

/** Who vouched for an entry that a member sees, so that the member can verify it without us. */
export const vouchersOf = async (
  { db }: Pick<ListDeps, 'db'>,
  named: NamedEntry,
): Promise<Outcome<EntryVouchers, 'unknown-entry'>> => {
  const unknown = nothing('unknown-entry', 'there is no such entry for this member');
  const entry = await findVisible(db, named);
  if (entry === undefined) return unknown;
  const digest = await batchRequest(db, entry.batch_id);
  const asked = digest && (await findRequest(db, digest));
  const tree = treeOfCommitments(nodeHasher, await batchCommitments(db, entry.batch_id));
  const place = await tree.prove(entry.commitment);
  if (asked === undefined || place === undefined) return unknown;
  const who = new Set(asked.approvals.map(({ person }) => person));
  // Names stay here: outside, reviewers are pseudonyms.
  const people = (await listPeople(db)).filter(({ id }) => who.has(id)).map(pseudonymous);
  const { request, approvals } = asked;
  return done({ v: 1, opening: openingOf(entry), place, request, approvals, people, site: await readSite(db) });
};

const pseudonymous = ({ v, id, addedAt, addedBy, revokedAt, credentials }: JsonPerson): JsonPerson => ({
  v,
  id,
  addedAt,
  addedBy,
  ...(revokedAt === undefined ? {} : { revokedAt }),
  credentials,
});
