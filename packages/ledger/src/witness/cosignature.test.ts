import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openCheckpoint } from '../checkpoint.js';
import { newSigningKeyPem, nodeHasher, nodeVerifier, signerFromPem } from '../node-crypto.js';
import { noteKey, parseVerifierKey } from '../note/note-key.js';
import { signNote } from '../note/signed-note.js';
import { publishedText } from '../published-vectors.test-support.js';
import { flipBit } from '../tree/model.test-support.js';
import { cosign, verifyCosignatures } from './cosignature.js';
import { cosignerKey, formatCosignerKey, parseCosignerKey } from './cosigner-key.js';

const log = signerFromPem('agency.example/evidence', newSigningKeyPem());
const witness = signerFromPem('witness.example/w1', newSigningKeyPem());
const key = cosignerKey(nodeHasher, witness.name, witness.publicKey);
const text = `agency.example/evidence\n7\n${Buffer.alloc(32, 7).toString('base64')}\n`;

const cosigned = async (time: bigint, body = text): Promise<string> =>
  (await signNote(nodeHasher, body, [log])) + (await cosign(nodeHasher, witness, body, time));

test('a cosignature reads back with its time, beside a log that is still believed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }), async (time) => {
      const note = await cosigned(time);
      expect(await verifyCosignatures(nodeVerifier, [key], note)).toEqual({
        kind: 'done',
        value: [{ key, time, line: note.slice(note.lastIndexOf('\u2014')) }],
      });
      const logKey = noteKey(nodeHasher, log.name, log.publicKey);
      expect((await openCheckpoint(nodeVerifier, [logKey], note)).kind).toBe('done');
    }),
    { numRuns: 30 },
  );
});

test('no flipped bit leaves a cosignature there', async () => {
  const note = Buffer.from(await cosigned(1_679_315_147n));
  const textEnd = note.indexOf('\n\n');
  const witnessLine = note.lastIndexOf('\u2014');
  for (let bit = 0; bit < note.length * 8; bit++) {
    const verdict = await verifyCosignatures(nodeVerifier, [key], flipBit(note, bit));
    if (verdict.kind !== 'done' || verdict.value.length === 0) continue;
    // Only the log's own signature line may be damaged without the witness noticing.
    expect(bit >> 3).toBeGreaterThan(textEnd);
    expect(bit >> 3).toBeLessThan(witnessLine);
  }
});

test.each([0n, -1n, 2n ** 63n])('%s is no time to cosign at', async (time) => {
  await expect(cosign(nodeHasher, witness, text, time)).rejects.toMatchObject({ code: 'invalid' });
});

test('extension lines are under the cosignature', async () => {
  const note = await cosigned(5n, `${text}extension\n`);
  expect(await verifyCosignatures(nodeVerifier, [key], note)).toMatchObject({ value: [{ time: 5n }] });
  const changed = note.replace('extension', 'Extension');
  expect(await verifyCosignatures(nodeVerifier, [key], changed)).toMatchObject({ reason: { code: 'bad-cosignature' } });
});

test('of two cosignatures by one key the later one counts, and unknown keys are passed over', async () => {
  const note = (await cosigned(9n)) + (await cosign(nodeHasher, witness, text, 4n));
  expect(await verifyCosignatures(nodeVerifier, [key], note)).toMatchObject({ value: [{ time: 9n }] });
  const stranger = cosignerKey(nodeHasher, 'other.example/w', log.publicKey);
  expect(await verifyCosignatures(nodeVerifier, [stranger], note)).toEqual({ kind: 'done', value: [] });
});

test('a plain signature with the same key is no cosignature', async () => {
  const note = await signNote(nodeHasher, text, [log, witness]);
  expect(await verifyCosignatures(nodeVerifier, [key], note)).toEqual({ kind: 'done', value: [] });
});

describe('the key of a cosigner', () => {
  test('reads back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (publicKey) => {
        const written = cosignerKey(nodeHasher, 'witness.example/w', publicKey);
        expect(parseCosignerKey(nodeHasher, formatCosignerKey(written))).toEqual({ kind: 'done', value: written });
      }),
    );
  });

  test('is no key of a log, and the other way round', () => {
    expect(parseVerifierKey(nodeHasher, formatCosignerKey(key)).kind).toBe('refused');
    const note = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
    expect(parseVerifierKey(nodeHasher, note).kind).toBe('done');
    expect(parseCosignerKey(nodeHasher, note).kind).toBe('refused');
  });
});

test('a checkpoint that public witnesses cosigned is believed', async () => {
  const file = new URL('../../vectors/cosigned-by-public-witnesses.json', import.meta.url);
  const vector = JSON.parse(readFileSync(file, 'utf8')) as Record<'log' | 'witness' | 'time' | 'note', string>;
  const publicWitness = parseCosignerKey(nodeHasher, vector.witness);
  const publicLog = parseVerifierKey(nodeHasher, vector.log);
  if (publicWitness.kind !== 'done' || publicLog.kind !== 'done') throw new Error('a published key does not read');
  expect(await openCheckpoint(nodeVerifier, [publicLog.value], vector.note)).toMatchObject({
    value: { size: 1_432_088_532n },
  });
  expect(await verifyCosignatures(nodeVerifier, [publicWitness.value], vector.note)).toMatchObject({
    value: [{ time: BigInt(vector.time) }],
  });
  const other = vector.note.replace('1432088532', '1432088533');
  expect((await verifyCosignatures(nodeVerifier, [publicWitness.value], other)).kind).toBe('refused');
});

const specification = publishedText('c2sp/tlog-cosignature.md');
test.skipIf(specification === undefined)(
  'the message of the C2SP specification is the one that is signed',
  async () => {
    const [, message = ''] = /( {4}cosignature\/v1\n(?: {4}.*\n)+)/.exec(specification ?? '') ?? [];
    const wanted = message.replaceAll(/^ {4}/gm, '');
    const body = wanted.slice(wanted.indexOf('example.com'));
    let signed = '';
    const recording = {
      ...witness,
      sign: (bytes: Uint8Array) => {
        signed = Buffer.from(bytes).toString('utf8');
        return witness.sign(bytes);
      },
    };
    await cosign(nodeHasher, recording, body, 1_679_315_147n);
    expect(signed).toBe(wanted);
  },
);

test.skipIf(specification === undefined)(
  'the example of the C2SP specification carries the time that it states',
  () => {
    const [, encoded = ''] = /witness\.example\.com\/w1 (jWbPPw[^\n]+)/.exec(specification ?? '') ?? [];
    const line = Buffer.from(encoded, 'base64');
    expect(line.length).toBe(4 + 8 + 64);
    expect(line.readBigUInt64BE(4)).toBe(1_679_315_147n);
  },
);
