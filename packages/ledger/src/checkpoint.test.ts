import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.js';
import { newSigningKeyPem, nodeHasher, nodeVerifier, signerFromPem } from './node-crypto.js';
import { noteKey } from './note/note-key.js';
import { signNote } from './note/signed-note.js';
import { publishedText } from './published-vectors.test-support.js';

const signer = signerFromPem('agency.example/evidence', newSigningKeyPem());
const key = noteKey(nodeHasher, signer.name, signer.publicKey);
const root = new Uint8Array(32).fill(7);

test('a checkpoint reads back the same', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      (size, hash) => {
        const checkpoint = { origin: 'agency.example/evidence', size, root: hash };
        expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual({ kind: 'done', value: checkpoint });
      },
    ),
  );
});

test('a signed checkpoint opens with the key of its origin', async () => {
  const note = await signCheckpoint(nodeHasher, signer, { size: 3n, root });
  expect(await openCheckpoint(nodeVerifier, [key], note)).toEqual({
    kind: 'done',
    value: { origin: signer.name, size: 3n, root },
  });
});

test('a known key cannot speak for another origin', async () => {
  const text = formatCheckpoint({ origin: 'other.example/log', size: 3n, root });
  const note = await signNote(nodeHasher, text, [signer]);
  expect(await openCheckpoint(nodeVerifier, [key], note)).toMatchObject({ reason: { code: 'other-origin' } });
});

const body = (size: string, hash = 'BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=') => `origin\n${size}\n${hash}\n`;

test.each([
  ['a leading zero', body('07')],
  ['a sign', body('+7')],
  ['a hexadecimal size', body('0x7')],
  ['a size of 2^63', body((2n ** 63n).toString())],
  ['a size of 40 digits', body('9'.repeat(40))],
  ['a short root', body('7', 'BwcH')],
  ['a root with a space', body('7', 'BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc= ')],
  ['an empty origin', '\n7\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n'],
  ['an empty extension', `${body('7')}\n`],
  ['no newline at the end', body('7').slice(0, -1)],
  ['two lines', 'origin\n7\n'],
])('%s is refused', (_, text) => {
  expect(parseCheckpoint(text)).toMatchObject({ reason: { code: 'malformed-checkpoint' } });
});

const specification = publishedText('c2sp/tlog-checkpoint.md');
test.skipIf(specification === undefined)('the example of the C2SP specification reads as it says', () => {
  const [, text] = /```\n(example\.com\/behind-the-sofa\n[^`]+?\n)\n/.exec(specification ?? '') ?? [];
  expect(parseCheckpoint(text ?? '')).toMatchObject({
    kind: 'done',
    value: { origin: 'example.com/behind-the-sofa', size: 20852163n },
  });
});
