import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signCheckpoint } from './checkpoint.js';
import { newSigningKeyPem, nodeHasher, nodeVerifier, signerFromPem } from './node-crypto.js';
import { noteKey } from './note/note-key.js';
import { parseNote } from './note/signed-note.js';
import { formatTlogProof, parseTlogProof, verifyTlogProof, verifyWitnessedProof } from './tlog-proof.js';
import { type Frontier, rootOf } from './tree/frontier.js';
import { flipBit, grow } from './tree/model.test-support.js';
import { inclusionProof } from './tree/proof.js';
import { cosign } from './witness/cosignature.js';
import { cosignerKey } from './witness/cosigner-key.js';

const signer = signerFromPem('agency.example/evidence', newSigningKeyPem());
const trust = {
  hasher: nodeHasher,
  verifier: nodeVerifier,
  keys: [noteKey(nodeHasher, signer.name, signer.publicKey)],
};
const tree = grow(50);

const prove = async (index: number, size: number): Promise<string> => {
  const root = rootOf(nodeHasher, tree.frontiers[size] as Frontier);
  const checkpoint = await signCheckpoint(nodeHasher, signer, { size: BigInt(size), root });
  const hashes = await inclusionProof(tree.reader, BigInt(index), BigInt(size));
  return formatTlogProof({ index: BigInt(index), hashes, checkpoint });
};

test('a proof written down proves its entry and no other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 50 }), fc.nat(), async (size, place) => {
      const index = place % size;
      const text = await prove(index, size);
      const verdictOf = async (entry: string) => (await verifyTlogProof(trust, text, Buffer.from(entry))).kind;
      expect(await verdictOf(`entry ${index}`)).toBe('done');
      expect(await verdictOf(`entry ${index + 1}`)).toBe('refused');
    }),
    { numRuns: 50 },
  );
});

test('no flipped bit leaves a proof valid', async () => {
  const text = Buffer.from(await prove(11, 21));
  const entry = Buffer.from('entry 11');
  for (let bit = 0; bit < text.length * 8; bit++) {
    const flipped = Buffer.from(flipBit(text, bit)).toString('utf8');
    expect((await verifyTlogProof(trust, flipped, entry)).kind).toBe('refused');
  }
});

test('a proof with cosignatures is held against a policy, and stays a proof for who believes the log alone', async () => {
  const witness = signerFromPem('witness.example/w1', newSigningKeyPem());
  const key = cosignerKey(nodeHasher, witness.name, witness.publicKey);
  const logs = trust.keys.map((own) => ({ key: own }));
  const policy = { logs, witnesses: [{ name: 'w', key }], groups: [], quorum: 'w' };
  const bare = await prove(3, 9);
  const note = parseNote(bare.slice(bare.indexOf('\n\n') + 2));
  const cosigned = bare + (await cosign(nodeHasher, witness, note.kind === 'done' ? note.value.text : '', 1234n));
  const entry = Buffer.from('entry 3');
  expect(await verifyWitnessedProof({ ...trust, policy }, bare, entry)).toMatchObject({
    reason: { code: 'no-quorum' },
  });
  expect(await verifyWitnessedProof({ ...trust, policy }, cosigned, entry)).toMatchObject({
    value: { index: 3n, checkpoint: { size: 9n }, cosignatures: [{ time: 1234n }] },
  });
  expect((await verifyWitnessedProof({ ...trust, policy }, cosigned, Buffer.from('entry 4'))).kind).toBe('refused');
  expect((await verifyTlogProof(trust, cosigned, entry)).kind).toBe('done');
});

test('extra data is carried along', async () => {
  const proof = { index: 0n, hashes: [], checkpoint: 'any text\n', extra: Uint8Array.of(1, 2, 3) };
  expect(parseTlogProof(formatTlogProof(proof))).toEqual({ kind: 'done', value: proof });
});

test.each([
  ['another header', (text: string) => text.replace('@v1', '@v2')],
  ['64 hashes', (text: string) => text.replace('\n\n', `\n${`${'A'.repeat(43)}=\n`.repeat(64)}\n`)],
  ['a leading zero in the index', (text: string) => text.replace('index 3', 'index 03')],
  ['a line after the hashes', (text: string) => text.replace('\n\n', '\nmore\n\n')],
  ['256 KiB and more', (text: string) => `${text}${'x'.repeat(400_000)}`],
  ['no checkpoint', (text: string) => text.slice(0, text.indexOf('\n\n'))],
])('a proof with %s is malformed', async (_, change) => {
  expect(parseTlogProof(change(await prove(3, 9)))).toMatchObject({ reason: { code: 'malformed-proof' } });
});
