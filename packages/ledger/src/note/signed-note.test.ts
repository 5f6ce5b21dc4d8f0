import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newSigningKeyPem, nodeHasher, nodeVerifier, signerFromPem } from '../node-crypto.js';
import { publishedText } from '../published-vectors.test-support.js';
import { flipBit } from '../tree/model.test-support.js';
import { fromBase64, toBase64 } from './base64.js';
import { formatVerifierKey, type NoteKey, noteKey, parseVerifierKey } from './note-key.js';
import { parseNote, signNote, verifyNote } from './signed-note.js';

const keyOf = (text: string): NoteKey => {
  const parsed = parseVerifierKey(nodeHasher, text);
  if (parsed.kind !== 'done') throw new Error(parsed.reason.message);
  return parsed.value;
};

const signer = signerFromPem('agency.example/evidence', newSigningKeyPem());
const key = noteKey(nodeHasher, signer.name, signer.publicKey);

/** The example of Go's golang.org/x/mod/sumdb/note, where the format comes from. */
const goKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const goNote = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;

test('the example of the Go implementation verifies, and its key is written back the same', async () => {
  expect(await verifyNote(nodeVerifier, [keyOf(goKey)], goNote)).toMatchObject({ kind: 'done' });
  expect(formatVerifierKey(keyOf(goKey))).toBe(goKey);
});

const specification = publishedText('c2sp/signed-note.md');
test.skipIf(specification === undefined)('the example of the C2SP specification verifies', async () => {
  const [, vkey] = /^ *(example\.com\/foo\+[0-9a-f]{8}\+\S+)$/m.exec(specification ?? '') ?? [];
  const [, note] = /```\n(This is an example message\.\n[^`]+)```/.exec(specification ?? '') ?? [];
  const verified = await verifyNote(nodeVerifier, [keyOf(vkey ?? '')], note ?? '');
  expect(verified).toMatchObject({ kind: 'done', value: { text: 'This is an example message.\n' } });
});

const lines = fc
  .array(fc.string({ unit: 'grapheme', maxLength: 20 }), { minLength: 1, maxLength: 5 })
  .filter((texts) => texts.every((text) => Array.from(text).every((letter) => letter >= ' ')))
  .map((texts) => `${texts.join('\n')}\n`);

test('what is signed verifies and reads back the same, also with empty lines in it', async () => {
  await fc.assert(
    fc.asyncProperty(lines, async (text) => {
      const note = await signNote(nodeHasher, text, [signer]);
      expect(await verifyNote(nodeVerifier, [key], note)).toMatchObject({ kind: 'done', value: { text } });
      expect(await verifyNote(nodeVerifier, [key], Buffer.from(note))).toMatchObject({ kind: 'done', value: { text } });
    }),
    { numRuns: 60 },
  );
});

test('no flipped bit and no added or removed byte leaves a note valid', async () => {
  const note = Buffer.from(await signNote(nodeHasher, 'agency.example/evidence\n7\nroot\n', [signer]));
  const verdictOf = async (bytes: Uint8Array) => (await verifyNote(nodeVerifier, [key], bytes)).kind;
  expect(await verdictOf(note)).toBe('done');
  for (let bit = 0; bit < note.length * 8; bit++) expect(await verdictOf(flipBit(note, bit))).toBe('refused');
  for (let at = 0; at <= note.length; at++) {
    expect(await verdictOf(Buffer.concat([note.subarray(0, at), Buffer.from('x'), note.subarray(at)]))).toBe('refused');
    if (at < note.length) expect(await verdictOf(note.subarray(0, at))).toBe('refused');
  }
  expect(await verdictOf(Buffer.concat([note, Buffer.from('\n')]))).toBe('refused');
});

describe('signatures', () => {
  const other = signerFromPem('witness.example/w1', newSigningKeyPem());
  const namesake = signerFromPem(signer.name, newSigningKeyPem());

  test('of unknown keys are passed over', async () => {
    const note = await signNote(nodeHasher, 'text\n', [other, signer, namesake]);
    const verified = await verifyNote(nodeVerifier, [key], note);
    expect(verified).toMatchObject({ kind: 'done', value: { signedBy: [key] } });
    expect(verified.kind === 'done' && verified.value.signedBy.length).toBe(1);
  });

  test('of unknown keys alone prove nothing', async () => {
    const note = await signNote(nodeHasher, 'text\n', [other, namesake]);
    expect(await verifyNote(nodeVerifier, [key], note)).toMatchObject({ reason: { code: 'no-trusted-signature' } });
  });

  test('one that does not hold refuses the note, though another one holds', async () => {
    const liar = { ...other, sign: async () => new Uint8Array(64) };
    const note = await signNote(nodeHasher, 'text\n', [signer, liar]);
    const keys = [key, noteKey(nodeHasher, other.name, other.publicKey)];
    expect(await verifyNote(nodeVerifier, keys, note)).toMatchObject({ reason: { code: 'bad-signature' } });
  });
});

test.each([
  ['nothing', ''],
  ['no signatures', 'text\n'],
  ['an empty signature block', 'text\n\n'],
  ['a control character', 'te\txt\n\n\u2014 name AAAAAAA=\n'],
  ['a hyphen for the dash', 'text\n\n- name AAAAAAA=\n'],
  ['a space in the name', 'text\n\n\u2014 my name AAAAAAA=\n'],
  ['a plus in the name', 'text\n\n\u2014 my+name AAAAAAA=\n'],
  ['a signature without bytes', 'text\n\n\u2014 name AAAAAA==\n'],
  ['stray bits in Base64', 'text\n\n\u2014 name AAAAAAB=\n'],
  ['a missing newline', 'text\n\n\u2014 name AAAAAAA='],
  ['a lone surrogate', 'te\ud800xt\n\n\u2014 name AAAAAAA=\n'],
  ['65 signatures', `text\n\n${'\u2014 name AAAAAAA=\n'.repeat(65)}`],
  ['more than 256 KiB', `${'x'.repeat(256 * 1024)}\n\n\u2014 name AAAAAAA=\n`],
])('a note with %s is malformed', (_, note) => {
  expect(parseNote(note)).toMatchObject({ kind: 'refused', reason: { code: 'malformed-note' } });
});

test('bytes that are not UTF-8 are malformed', () => {
  const note = Buffer.concat([Buffer.of(0xff), Buffer.from('\n\n\u2014 name AAAAAAA=\n')]);
  expect(parseNote(note)).toMatchObject({ reason: { code: 'malformed-note' } });
});

test.each([
  goKey.replace('c74f20a3', 'c74f20a4'),
  goKey.replace('+ARpc', '+BRpc'),
  goKey.replace('PeterNeumann', 'Peter Neumann'),
  `${goKey}=`,
  'PeterNeumann+c74f20a3',
])('%s is no verifier key', (text) => {
  expect(parseVerifierKey(nodeHasher, text)).toMatchObject({ reason: { code: 'not-a-verifier-key' } });
});

test('Base64 reads back to the same bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }),
  );
});
