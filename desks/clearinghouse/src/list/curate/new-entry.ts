import { randomBytes, randomUUID } from 'node:crypto';
import { type JsonObject, type Outcome, refused } from '@tutela/core';
import { type LargeType, type Media, type SmallType, smallTypes } from '@tutela/hashlist';
import { commitEntry, commitTo, type EntryStatement } from '@tutela/hashlist/transparent';
import { nodeHasher } from '@tutela/ledger/node';
import type { Bytes, Compartment } from '@tutela/vault';
import { categoryNames } from '../categories.js';
import type { NewEntryRow } from '../queries/curation.js';
import type { CandidateId, EntryId, Fingerprints, LargeFingerprints, ListId, MemberId } from '../schema.js';

/** Where the material that an entry stands for was seen. */
export interface Provenance {
  readonly kind: 'report' | 'hotline' | 'investigator' | 'member';
  readonly ref: string;
}

/** What somebody proposes for a list. No picture: its fingerprints, and why it belongs there. */
export interface NewEntry {
  readonly media: Media;
  readonly fingerprints: Fingerprints;
  readonly large?: Readonly<Partial<Record<LargeType, Bytes>>>;
  /** As subscribers see it, such as `A1`. */
  readonly classification?: string;
  /** A name of `categorizationGroups`. */
  readonly category: string;
  readonly provenance: Provenance;
  /** How it was vetted, in words. */
  readonly vetting: string;
  /** Member who submits it; the list's publisher unless said. */
  readonly submitter?: MemberId;
  readonly candidate?: CandidateId;
}

const shapes: Readonly<Record<SmallType | 'SHA256', RegExp>> = {
  MD5: /^[0-9a-f]{32}$/,
  SHA1: /^[0-9a-f]{40}$/,
  SHA256: /^[0-9a-f]{64}$/,
  PDQ: /^[0-9a-f]{64}$/,
  PDNA: /^[0-9A-Za-z+/=]{1,1000}$/,
  NETCLEAN: /^[0-9A-Za-z+/=]{1,1000}$/,
};

export type EntryFault = 'malformed-fingerprint' | 'no-fingerprint' | 'unknown-category' | 'unwritable-text';

/** What is wrong with it, if anything. */
export const entryFault = ({
  fingerprints,
  large = {},
  category,
  ...texts
}: NewEntry): Outcome<never, EntryFault> | undefined => {
  for (const [type, value] of Object.entries(fingerprints)) {
    if (!shapes[type as SmallType]?.test(value))
      return refused('malformed-fingerprint', `this is no ${type}: lower-case hexadecimal of its length`);
  }
  // The protocol does not carry SHA-256: an entry with nothing else would reach nobody.
  if (smallTypes.every((type) => fingerprints[type] === undefined) && Object.keys(large).length === 0)
    return refused('no-fingerprint', 'an entry needs a fingerprint that the exchange carries');
  if (!categoryNames.has(category)) return refused('unknown-category', `${category} is no category of this list`);
  const written = [texts.classification ?? 'A1', texts.vetting, texts.provenance.ref];
  return written.every((text) => /^[^\p{Cc}\p{Cs}]{1,2000}$/u.test(text) && text.trim() === text)
    ? undefined
    : refused('unwritable-text', 'classification, vetting and provenance are a line of text each');
};

/** An entry as it is stored, its statement committed to under keys of its own. */
export const prepareEntry = async (
  vault: Compartment,
  list: ListId,
  entry: NewEntry,
  publisher: MemberId,
): Promise<NewEntryRow> => {
  const { fingerprints, category, provenance, vetting, submitter = publisher } = entry;
  const large: Record<string, LargeFingerprints[LargeType]> = {};
  for (const [type, bytes] of Object.entries(entry.large ?? {})) {
    const { sha256, size } = await vault.put(bytes);
    large[type] = { sha256, size };
  }
  const record = {
    v: 1,
    kind: 'vetted',
    category,
    provenance: { ...provenance },
    vetting,
    fingerprints: { ...fingerprints },
  };
  return rowOf(list, { ...entry, submitter, large, record, canaryOf: null });
};

interface Prepared {
  readonly media: Media;
  readonly fingerprints: Fingerprints;
  readonly large: LargeFingerprints;
  readonly classification?: string;
  readonly submitter: MemberId;
  /** The record that the statement's `because` commits to. */
  readonly record: JsonObject;
  readonly canaryOf: MemberId | null;
}

export const rowOf = (list: ListId, prepared: Prepared): NewEntryRow => {
  const { media, fingerprints, large, classification, submitter, record, canaryOf } = prepared;
  const [vettingKey, commitmentKey] = [randomBytes(32), randomBytes(32)];
  const id = randomUUID() as string as EntryId;
  const statement: EntryStatement = {
    v: 1,
    list,
    member: submitter,
    id,
    media,
    ...(classification === undefined ? {} : { classification }),
    fingerprints: servedOf(fingerprints),
    large: digestsOf(large),
    because: commitTo(nodeHasher, vettingKey, record),
  };
  return {
    entry_id: id,
    submitter_id: submitter,
    media,
    fingerprints: JSON.stringify(fingerprints),
    large: JSON.stringify(large),
    classification: classification ?? null,
    vetting: JSON.stringify(record),
    vetting_key: vettingKey,
    commitment_key: commitmentKey,
    commitment: commitEntry(nodeHasher, commitmentKey, statement),
    canary_of: canaryOf,
  };
};

/** What the exchange carries of them. */
export const servedOf = (fingerprints: Fingerprints): EntryStatement['fingerprints'] =>
  Object.fromEntries(Object.entries(fingerprints).filter(([type]) => type !== 'SHA256'));

export const digestsOf = (large: LargeFingerprints): EntryStatement['large'] =>
  Object.fromEntries(Object.entries(large).map(([type, { sha256 }]) => [type, sha256]));
