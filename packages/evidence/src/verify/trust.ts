import { done, type JsonObject, refused } from '@tutela/core';
import {
  type CosignerKey,
  type Hasher,
  type NoteKey,
  parseCosignerKey,
  parseVerifierKey,
  type Verdict,
} from '@tutela/ledger';
import { certificatesOfPem } from '@tutela/ledger/time';
import { fromUtf8, parseJson } from '../format/canonical-file.js';
import { listOf, object, oneOf, type Shape, text } from '../format/shape.js';

/** What the checker knows by another way than the package. An empty list: nothing is known of that kind. */
export interface Trust {
  readonly logKeys: readonly NoteKey[];
  readonly witnessKeys: readonly CosignerKey[];
  /** How many of them have to have cosigned; all of them when it is not said. */
  readonly witnessQuorum?: number;
  /** Certificates in PEM. */
  readonly timeRoots: readonly string[];
  /** Public keys of people who may approve: SubjectPublicKeyInfo, base64url. */
  readonly personKeys: readonly string[];
}

export const noTrust: Trust = { logKeys: [], witnessKeys: [], timeRoots: [], personKeys: [] };

/** A trust file, or what flags say: each key as text. */
export interface TrustTexts {
  readonly logKeys?: readonly string[];
  readonly witnessKeys?: readonly string[];
  readonly witnessQuorum?: number;
  readonly timeRoots?: readonly string[];
  readonly personKeys?: readonly string[];
}

const quorum: Shape = (value, at) =>
  Number.isSafeInteger(value) && (value as number) >= 1 ? undefined : `${at}: not a number of witnesses`;
const pem: Shape = (value, at) => (typeof value === 'string' ? undefined : `${at}: not text`);
const trustFile = object(
  { v: oneOf(1) },
  {
    logKeys: listOf(text),
    witnessKeys: listOf(text),
    witnessQuorum: quorum,
    timeRoots: listOf(pem),
    personKeys: listOf(text),
  },
);

const malformed = (why: string) => refused('malformed-trust', why);

/** A trust file: JSON, `{"v": 1, "logKeys"?, "witnessKeys"?, "witnessQuorum"?, "timeRoots"?, "personKeys"?}`. */
export const parseTrustFile = (bytes: Uint8Array): Verdict<TrustTexts, 'malformed-trust'> => {
  const value = parseJson(fromUtf8(bytes) ?? '');
  if (value === undefined) return malformed('not JSON in UTF-8');
  const fault = trustFile(value, '$');
  if (fault !== undefined) return malformed(fault);
  const { v: _, ...texts } = value as JsonObject;
  return done(texts as TrustTexts);
};

export const readTrust = (hasher: Hasher, texts: TrustTexts): Verdict<Trust, 'malformed-trust'> => {
  const logKeys = (texts.logKeys ?? []).map((key) => parseVerifierKey(hasher, key));
  const witnessKeys = (texts.witnessKeys ?? []).map((key) => parseCosignerKey(hasher, key));
  for (const each of [...logKeys, ...witnessKeys]) if (each.kind !== 'done') return malformed(each.reason.message);
  const { timeRoots = [], personKeys = [], witnessQuorum } = texts;
  if (timeRoots.some((root) => certificatesOfPem(root) === undefined)) return malformed('a time root is not PEM');
  if (witnessQuorum !== undefined && witnessQuorum > witnessKeys.length) {
    return malformed('more witnesses have to have signed than are known');
  }
  return done({
    logKeys: logKeys.flatMap((each) => (each.kind === 'done' ? [each.value] : [])),
    witnessKeys: witnessKeys.flatMap((each) => (each.kind === 'done' ? [each.value] : [])),
    ...(witnessQuorum !== undefined && { witnessQuorum }),
    timeRoots,
    personKeys,
  });
};

/** What both say; a quorum of the latter counts. */
export const joinTrust = (one: TrustTexts, other: TrustTexts): TrustTexts => {
  const witnessQuorum = other.witnessQuorum ?? one.witnessQuorum;
  return {
    logKeys: [...(one.logKeys ?? []), ...(other.logKeys ?? [])],
    witnessKeys: [...(one.witnessKeys ?? []), ...(other.witnessKeys ?? [])],
    timeRoots: [...(one.timeRoots ?? []), ...(other.timeRoots ?? [])],
    personKeys: [...(one.personKeys ?? []), ...(other.personKeys ?? [])],
    ...(witnessQuorum !== undefined && { witnessQuorum }),
  };
};
