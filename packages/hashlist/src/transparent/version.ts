import {
  canonicalJson,
  done,
  fromHex,
  type JsonObject,
  type Outcome,
  parseInstant,
  refused,
  type UtcInstant,
} from '@tutela/core';
import {
  checkOpening,
  decodeEntry,
  type Hasher,
  type LogPolicy,
  type SignatureVerifier,
  verifyWitnessedProof,
} from '@tutela/ledger';

/** What a published version of a list says. */
export interface ListVersion {
  readonly v: 1;
  readonly list: string;
  /** 1, 2, 3, … */
  readonly version: number;
  /** Changes after it are not in this version. */
  readonly asOf: UtcInstant;
  /** Commitments in the tree: every entry that stands, and every recipient's canaries. */
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly root: string;
  /** How many members receive the list. */
  readonly recipients: number;
  /** Entries that each recipient alone receives: for the others they are commitments that nothing opens. */
  readonly canariesEach: number;
  /** Root of the version before. */
  readonly previous?: string;
}

export const publishedEvent = 'clearinghouse.list-published';

/** A version as members pass it to each other: it names no entry. All texts as the ledger gives them. */
export interface PublishedVersion {
  readonly v: 1;
  /** C2SP tlog-proof. */
  readonly proof: string;
  /** The leaf of the ledger. */
  readonly entry: string;
  readonly opening: { readonly key: string; readonly payload: JsonObject };
}

export interface VersionTrust {
  readonly hasher: Hasher;
  readonly verifier: SignatureVerifier;
  /** Key of the clearinghouse's log, and the witnesses without whom nothing is believed. */
  readonly policy: LogPolicy;
}

export interface ProvenVersion {
  readonly version: ListVersion;
  /** Names of the witnesses who saw the head that holds it. */
  readonly witnesses: readonly string[];
}

export type VersionFault = 'not-proven' | 'not-a-version' | 'opening-differs';

/** Whether the ledger holds this version, under a head that the policy's quorum of witnesses has seen. */
export const verifyVersion = async (
  { hasher, verifier, policy }: VersionTrust,
  { proof, entry, opening }: PublishedVersion,
): Promise<Outcome<ProvenVersion, VersionFault>> => {
  const bytes = new TextEncoder().encode(entry);
  const included = await verifyWitnessedProof({ hasher, verifier, policy }, proof, bytes);
  if (included.kind !== 'done') return refused('not-proven', `${included.reason.code}: ${included.reason.message}`);
  const decoded = decodeEntry(bytes);
  if (decoded.kind !== 'done' || decoded.value.type !== publishedEvent)
    return refused('not-a-version', 'the entry of the ledger publishes no list');
  const key = fromHex(opening.key);
  if (
    key === undefined ||
    checkOpening(hasher, decoded.value.commitment, { key, payload: opening.payload }) !== 'opens'
  )
    return refused('opening-differs', 'the entry of the ledger says something else');
  const version = versionOf(opening.payload.payload);
  if (version === undefined) return refused('not-a-version', 'the entry of the ledger describes no version');
  return done({ version, witnesses: included.value.cosignatures.map(({ key: { name } }) => name) });
};

/** What two members hold against each other. */
export type Comparison = 'same' | 'forked' | 'other-version' | 'other-list';

/** Two versions that were proven: one number with two contents is a fork, whoever signed it. */
export const compareVersions = (one: ListVersion, other: ListVersion): Comparison => {
  if (one.list !== other.list) return 'other-list';
  if (one.version === other.version) return textOf(one) === textOf(other) ? 'same' : 'forked';
  const [older, newer] = one.version < other.version ? [one, other] : [other, one];
  return newer.version === older.version + 1 && newer.previous !== older.root ? 'forked' : 'other-version';
};

const textOf = (version: ListVersion): string => canonicalJson(version as unknown as JsonObject);

const versionOf = (value: unknown): ListVersion | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { v, list, version, asOf, size, root, recipients, canariesEach } = value as Readonly<Record<string, unknown>>;
  const numbers = [version, size, recipients, canariesEach].every(
    (each) => Number.isSafeInteger(each) && Number(each) >= 0,
  );
  const texts = typeof list === 'string' && typeof root === 'string' && typeof asOf === 'string';
  return v === 1 && numbers && texts && parseInstant(asOf) === asOf ? (value as ListVersion) : undefined;
};
