import { canonicalJson, done, type JsonObject, parseInstant, refused, type UtcInstant } from '@tutela/core';
import { fromUtf8, utf8 } from './bytes.js';
import { LedgerError } from './ledger-error.js';
import type { Verdict } from './verdict.js';

/** Bytes; entry bundles of C2SP tlog-tiles prefix each entry with 16 bits. */
export const largestEntry = 65_535;

/** What the log says of one act, for everybody's eyes: never personal data, which stays behind the commitment. */
export interface EntryDraft {
  readonly v: 1;
  /** Such as `platform.report-filed`. */
  readonly type: string;
  /** Pseudonymous identifier of who acted: a member of staff, a program. */
  readonly actor: string;
  readonly at: UtcInstant;
  /** Identifiers of what the act was about. */
  readonly subjects: readonly string[];
  /** HMAC-SHA-256 of the payload under a key kept beside it: 64 hexadecimal digits. */
  readonly commitment: string;
  readonly caseRef?: string;
}

/** The place of an entry among those of its case, so that a package of a case can prove that it is complete. */
export interface CaseLink {
  /** 1, 2, 3, … without a gap. */
  readonly caseSeq: number;
  /** Leaf hash of the case's previous entry, hexadecimal; absent for the first. */
  readonly casePrev?: string;
}

/** A leaf of the log. `caseSeq` stands there exactly when `caseRef` does. */
export type Entry = EntryDraft & Partial<CaseLink>;

/**
 * The leaf's bytes: RFC 8785 text in UTF-8.
 * @throws LedgerError `invalid` when the value breaks the schema or the limit
 */
export const encodeEntry = (entry: Entry): Uint8Array => {
  const fault = faultOf(entry);
  if (fault !== undefined) throw new LedgerError('invalid', `no ledger entry: ${fault}`);
  // What passed is flat, of plain text and small numbers: written in the order of its names it is RFC 8785 text already.
  const bytes = utf8(JSON.stringify(entry, namesInOrder));
  if (bytes.length > largestEntry) throw new LedgerError('invalid', `an entry has at most ${largestEntry} bytes`);
  return bytes;
};

/** Refuses whatever `encodeEntry` would not have written, byte by byte. */
export const decodeEntry = (bytes: Uint8Array): Verdict<Entry, 'malformed-entry'> => {
  const malformed = (why: string) => refused('malformed-entry', why);
  if (bytes.length > largestEntry) return malformed(`longer than ${largestEntry} bytes`);
  const text = fromUtf8(bytes);
  if (text === undefined) return malformed('not valid UTF-8');
  let value: unknown;
  let again: string;
  try {
    value = JSON.parse(text);
    again = canonicalJson(value as JsonObject);
  } catch {
    return malformed('not JSON');
  }
  return again === text ? checkEntry(value) : malformed('not canonical');
};

/** Whether a value, read from text that is known to be canonical, is an entry. */
export const checkEntry = (value: unknown): Verdict<Entry, 'malformed-entry'> => {
  const fault = faultOf(value);
  return fault === undefined ? done(value as Entry) : refused('malformed-entry', fault);
};

const names = ['v', 'type', 'actor', 'at', 'subjects', 'commitment', 'caseRef', 'caseSeq', 'casePrev'];
const namesInOrder = [...names].sort();

const faultOf = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not an object';
  const entry = value as Readonly<Record<string, unknown>>;
  const unknownName = Object.keys(entry).find((name) => !names.includes(name));
  if (unknownName !== undefined) return `unknown member ${JSON.stringify(unknownName)}`;
  if (entry.v !== 1) return 'unknown version';
  if (!isText(entry.type) || !/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(entry.type)) return 'type is not a dotted name';
  if (!isText(entry.actor)) return 'actor is missing';
  if (typeof entry.at !== 'string' || parseInstant(entry.at) !== entry.at) return 'at is not a UTC instant';
  if (!Array.isArray(entry.subjects) || !entry.subjects.every(isText)) return 'subjects are not a list of identifiers';
  if (!isDigest(entry.commitment)) return 'commitment is not 64 hexadecimal digits';
  return caseFaultOf(entry);
};

const caseFaultOf = ({ caseRef, caseSeq, casePrev }: Readonly<Record<string, unknown>>): string | undefined => {
  // Short, since it is indexed: 200 letters have at most 800 bytes.
  if (caseRef !== undefined && !(isText(caseRef) && caseRef.length <= 200)) return 'caseRef is not an identifier';
  if (caseSeq === undefined) return casePrev === undefined ? undefined : 'casePrev without caseSeq';
  if (caseRef === undefined) return 'caseSeq without caseRef';
  if (!Number.isSafeInteger(caseSeq) || (caseSeq as number) < 1) return 'caseSeq is not a counter from 1';
  if (caseSeq === 1) return casePrev === undefined ? undefined : 'the first entry of a case has no previous one';
  return isDigest(casePrev) ? undefined : 'casePrev is not 64 hexadecimal digits';
};

/** An identifier: 1 to 1,000 letters without control characters and lone surrogates. */
const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= 1000 && !/[\p{Cc}\p{Cs}]/u.test(value);
const isDigest = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
