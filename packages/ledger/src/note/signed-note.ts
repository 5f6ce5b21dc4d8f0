import { done, refused } from '@tutela/core';
import { concatenate, fromUtf8, sameBytes, utf8 } from '../bytes.js';
import type { Hasher, SignatureVerifier, Signer } from '../crypto.js';
import { LedgerError } from '../ledger-error.js';
import type { Verdict } from '../verdict.js';
import { fromBase64, toBase64 } from './base64.js';
import { type NoteKey, noteKey } from './note-key.js';
import { isKeyName } from './typed-key.js';

/** Bytes; sixteen signatures, which must be accepted, stay below half of it even when they are post-quantum ones. */
export const largestNote = 256 * 1024;
const mostSignatures = 64;

/** C2SP signed-note, read but not yet believed. */
export interface UnverifiedNote {
  /** What is signed; ends in a newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  /** 4 bytes. */
  readonly id: Uint8Array;
  readonly signature: Uint8Array;
}

export interface VerifiedNote {
  readonly text: string;
  /** The known keys whose signatures hold; at least one. */
  readonly signedBy: readonly NoteKey[];
}

export type NoteFault = 'malformed-note' | 'bad-signature' | 'no-trusted-signature';

const malformed = (why: string) => refused('malformed-note', why);

export const parseNote = (note: string | Uint8Array): Verdict<UnverifiedNote, 'malformed-note'> => {
  if (note.length > largestNote) return malformed(`longer than ${largestNote} bytes`);
  const whole = typeof note === 'string' ? note : fromUtf8(note);
  if (whole === undefined || /\p{Cs}/u.test(whole)) return malformed('not valid UTF-8');
  if (Array.from(whole).some((letter) => letter < ' ' && letter !== '\n'))
    return malformed('holds a control character');
  const blank = whole.lastIndexOf('\n\n');
  if (blank < 0 || !whole.endsWith('\n')) return malformed('no blank line before signatures, or no newline at the end');
  const lines = whole.slice(blank + 2, -1).split('\n');
  if (lines.length > mostSignatures) return malformed(`more than ${mostSignatures} signatures`);
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignature(line);
    if (signature === undefined) return malformed('a signature line is not "— <name> <Base64>"');
    signatures.push(signature);
  }
  return done({ text: whole.slice(0, blank + 1), signatures });
};

const parseSignature = (line: string): NoteSignature | undefined => {
  const [, name, encoded] = /^\u2014 ([^ ]+) ([^ ]+)$/u.exec(line) ?? [];
  const bytes = fromBase64(encoded ?? '');
  if (name === undefined || !isKeyName(name) || bytes === undefined || bytes.length < 5) return undefined;
  return { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) };
};

/** The line of a signature, with its newline. */
export const formatSignature = ({ name, id, signature }: NoteSignature): string =>
  `\u2014 ${name} ${toBase64(concatenate(id, signature))}\n`;

/** Signatures of unknown keys are passed over; one bad signature of a known key refuses the whole note. */
export const verifyNote = async (
  verifier: SignatureVerifier,
  keys: readonly NoteKey[],
  note: string | Uint8Array,
): Promise<Verdict<VerifiedNote, NoteFault>> => {
  const parsed = parseNote(note);
  if (parsed.kind !== 'done') return parsed;
  const { text, signatures } = parsed.value;
  const signedBy: NoteKey[] = [];
  for (const { name, id, signature } of signatures) {
    const key = keys.find((known) => known.name === name && sameBytes(known.id, id) === 'same');
    if (key === undefined) continue;
    const verdict = await verifier.verifyEd25519(key.publicKey, utf8(text), signature);
    if (verdict !== 'valid') return refused('bad-signature', `the signature of ${name} does not hold`);
    signedBy.push(key);
  }
  if (signedBy.length === 0) return refused('no-trusted-signature', 'no known key signed this note');
  return done({ text, signedBy });
};

/** @throws LedgerError `invalid` for a text that a note cannot carry */
export const signNote = async (hasher: Hasher, text: string, signers: readonly Signer[]): Promise<string> => {
  const lines: string[] = [];
  for (const signer of signers) {
    const { id } = noteKey(hasher, signer.name, signer.publicKey);
    const signature = await signer.sign(utf8(text));
    lines.push(formatSignature({ name: signer.name, id, signature }));
  }
  const note = `${text}\n${lines.join('')}`;
  const readBack = parseNote(note);
  if (readBack.kind !== 'done' || readBack.value.text !== text) {
    throw new LedgerError('invalid', 'this text cannot stand in a note');
  }
  return note;
};
