import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { cose, decodeCredentialPublicKey } from '@simplewebauthn/server/helpers';
import type { SignatureAlgorithm } from '../approval/person.js';

export interface ReadKey {
  readonly algorithm: SignatureAlgorithm;
  /** SubjectPublicKeyInfo, base64url. */
  readonly publicKey: string;
}

/**
 * A passkey's key (COSE, RFC 9053 §7) in the form that WebCrypto and everybody else reads; `undefined` for algorithms
 * that `SignatureAlgorithm` lacks.
 */
export const readCoseKey = (bytes: Uint8Array<ArrayBuffer>): ReadKey | undefined => {
  const key = decodeCredentialPublicKey(bytes);
  const algorithm = algorithms.get(key.get(cose.COSEKEYS.alg));
  const jwk = jwkOf(key);
  if (algorithm === undefined || jwk === undefined) return undefined;
  const spki = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' });
  return { algorithm, publicKey: spki.toString('base64url') };
};

const algorithms: ReadonlyMap<unknown, SignatureAlgorithm> = new Map([
  [cose.COSEALG.ES256, 'ES256'],
  [cose.COSEALG.RS256, 'RS256'],
  [cose.COSEALG.EdDSA, 'EdDSA'],
]);

/** COSE numbers of the algorithms taken, best first. */
export const takenAlgorithms: number[] = [cose.COSEALG.ES256, cose.COSEALG.EdDSA, cose.COSEALG.RS256];

const jwkOf = (key: ReturnType<typeof decodeCredentialPublicKey>): JsonWebKey | undefined => {
  const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('base64url');
  if (cose.isCOSEPublicKeyEC2(key)) {
    const isP256 = key.get(cose.COSEKEYS.crv) === cose.COSECRV.P256;
    return isP256
      ? { kty: 'EC', crv: 'P-256', x: text(key.get(cose.COSEKEYS.x)), y: text(key.get(cose.COSEKEYS.y)) }
      : undefined;
  }
  if (cose.isCOSEPublicKeyOKP(key)) {
    const isEd25519 = key.get(cose.COSEKEYS.crv) === cose.COSECRV.ED25519;
    return isEd25519 ? { kty: 'OKP', crv: 'Ed25519', x: text(key.get(cose.COSEKEYS.x)) } : undefined;
  }
  if (cose.isCOSEPublicKeyRSA(key))
    return { kty: 'RSA', n: text(key.get(cose.COSEKEYS.n)), e: text(key.get(cose.COSEKEYS.e)) };
  return undefined;
};
