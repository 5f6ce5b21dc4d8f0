import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifySignature } from './verify-signature.js';

const message = new TextEncoder().encode('what was signed');
const keys = {
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  EdDSA: generateKeyPairSync('ed25519'),
} as const;
const algorithms = ['ES256', 'RS256', 'EdDSA'] as const;
const signed = (algorithm: (typeof algorithms)[number]) => {
  const { publicKey, privateKey } = keys[algorithm];
  const digest = algorithm === 'EdDSA' ? null : 'sha256';
  return {
    algorithm,
    publicKey: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    message,
    signature: new Uint8Array(sign(digest, message, privateKey)),
  };
};

test.each(algorithms)('%s signatures made by OpenSSL are valid, and of no other algorithm', async (algorithm) => {
  // An ECDSA number is sometimes a byte shorter, and one in two needs a zero before it.
  for (let round = 0; round < (algorithm === 'ES256' ? 300 : 3); round++)
    expect(await verifySignature(signed(algorithm))).toBe('valid');
  for (const other of algorithms.filter((one) => one !== algorithm))
    expect(await verifySignature({ ...signed(algorithm), algorithm: other })).toBe('invalid');
  expect(await verifySignature({ ...signed(algorithm), message: new Uint8Array(3) })).toBe('invalid');
});

test('a curve other than P-256 is not taken', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  const signature = new Uint8Array(sign('sha256', message, privateKey));
  expect(await verifySignature({ algorithm: 'ES256', publicKey: spki, message, signature })).toBe('invalid');
});

test('no bytes that are no strict DER are a signature', async () => {
  const right = signed('ES256');
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async (bytes) => {
      expect(await verifySignature({ ...right, signature: Uint8Array.from(bytes) })).toBe('invalid');
    }),
  );
  const trailing = Uint8Array.from([...right.signature, 0]);
  expect(await verifySignature({ ...right, signature: trailing })).toBe('invalid');
});
