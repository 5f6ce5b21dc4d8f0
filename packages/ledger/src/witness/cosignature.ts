import { done, refused } from '@tutela/core';
import { concatenate, sameBytes, utf8 } from '../bytes.js';
import type { Hasher, SignatureVerifier, Signer } from '../crypto.js';
import { LedgerError } from '../ledger-error.js';
import { formatSignature, type NoteSignature, parseNote } from '../note/signed-note.js';
import type { Verdict } from '../verdict.js';
import { type CosignerKey, cosignerKey } from './cosigner-key.js';

/** What a witness said of a checkpoint: at this time it was the largest head of the log that it had seen. */
export interface Cosignature {
  readonly key: CosignerKey;
  /** Seconds since 1970 (POSIX). */
  readonly time: bigint;
  /** The signature line with its newline. */
  readonly line: string;
}

export type CosignatureFault = 'malformed-note' | 'bad-cosignature';

/** C2SP tlog-cosignature, "Format". */
const latestTime = 2n ** 63n - 1n;

/** C2SP tlog-cosignature, "Ed25519 signed message". @param text of the checkpoint, with its extension lines */
const signedMessage = (time: bigint, text: string): Uint8Array => utf8(`cosignature/v1\ntime ${time}\n${text}`);

/**
 * The signature line that says that `text` continues all that the signer has cosigned of this log, to be called by a
 * witness that has made sure of it.
 * @param time seconds since 1970
 * @throws LedgerError `invalid` for a time that is none
 */
export const cosign = async (hasher: Hasher, signer: Signer, text: string, time: bigint): Promise<string> => {
  if (time <= 0n || time > latestTime) throw new LedgerError('invalid', `${time} is no time of a cosignature`);
  const { id } = cosignerKey(hasher, signer.name, signer.publicKey);
  const signature = await signer.sign(signedMessage(time, text));
  return formatSignature({ name: signer.name, id, signature: concatenate(bigEndian(time), signature) });
};

/**
 * The cosignatures of known witnesses on a note, one for each key. Signatures of others are passed over; one of a known
 * key that does not hold refuses the whole note (C2SP signed-note, "Signatures").
 */
export const verifyCosignatures = async (
  verifier: SignatureVerifier,
  keys: readonly CosignerKey[],
  note: string | Uint8Array,
): Promise<Verdict<readonly Cosignature[], CosignatureFault>> => {
  const parsed = parseNote(note);
  if (parsed.kind !== 'done') return parsed;
  const found = new Map<CosignerKey, Cosignature>();
  for (const signature of parsed.value.signatures) {
    const key = keys.find(({ name, id }) => name === signature.name && sameBytes(id, signature.id) === 'same');
    if (key === undefined) continue;
    const time = timeOf(signature);
    const message = time === undefined ? undefined : signedMessage(time, parsed.value.text);
    const verdict = message && (await verifier.verifyEd25519(key.publicKey, message, signature.signature.subarray(8)));
    if (time === undefined || verdict !== 'valid') {
      return refused('bad-cosignature', `the cosignature of ${key.name} does not hold`);
    }
    if (time > (found.get(key)?.time ?? 0n)) found.set(key, { key, time, line: formatSignature(signature) });
  }
  return done([...found.values()]);
};

const bigEndian = (time: bigint): Uint8Array => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, time);
  return bytes;
};

/** `undefined` for what no Ed25519 cosignature is: another length, no time, one beyond the range. */
const timeOf = ({ signature }: NoteSignature): bigint | undefined => {
  if (signature.length !== 72) return undefined;
  const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  return time > 0n && time <= latestTime ? time : undefined;
};
