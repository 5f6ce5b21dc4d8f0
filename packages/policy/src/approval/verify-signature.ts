import type { SignatureAlgorithm } from './person.js';

/** `unsupported`: this browser or Node cannot verify the algorithm. */
export type SignatureVerdict = 'valid' | 'invalid' | 'unsupported';

interface SignedBytes {
  readonly algorithm: SignatureAlgorithm;
  /** DER of a SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly message: Uint8Array<ArrayBuffer>;
  /** ES256 as ASN.1 DER, as WebAuthn has it (Level 3 §6.5.5); the others as they are. */
  readonly signature: Uint8Array<ArrayBuffer>;
}

const parameters = {
  ES256: { key: { name: 'ECDSA', namedCurve: 'P-256' }, verify: { name: 'ECDSA', hash: 'SHA-256' } },
  RS256: { key: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, verify: { name: 'RSASSA-PKCS1-v1_5' } },
  EdDSA: { key: { name: 'Ed25519' }, verify: { name: 'Ed25519' } },
} as const;

/** With WebCrypto alone, so that it is the same in Node and in a browser. */
export const verifySignature = async (signed: SignedBytes): Promise<SignatureVerdict> => {
  const { key: keyParameters, verify } = parameters[signed.algorithm];
  const signature = signed.algorithm === 'ES256' ? rawSignature(signed.signature) : signed.signature;
  if (signature === undefined) return 'invalid';
  try {
    const key = await crypto.subtle.importKey('spki', signed.publicKey, keyParameters, false, ['verify']);
    return (await crypto.subtle.verify(verify, key, signature, signed.message)) ? 'valid' : 'invalid';
  } catch (error) {
    if ((error as Error).name === 'NotSupportedError') return 'unsupported';
    return 'invalid';
  }
};

/** The two 32-byte numbers that WebCrypto wants, from `SEQUENCE { r INTEGER, s INTEGER }`; strict DER. */
const rawSignature = (der: Uint8Array): Uint8Array<ArrayBuffer> | undefined => {
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || der.length > 72) return undefined;
  const r = readInteger(der, 2);
  const s = r && readInteger(der, r.end);
  if (r === undefined || s === undefined || s.end !== der.length) return undefined;
  const raw = new Uint8Array(64);
  raw.set(r.digits, 32 - r.digits.length);
  raw.set(s.digits, 64 - s.digits.length);
  return raw;
};

/** A positive INTEGER of at most 32 bytes in its shortest form, without the zero that keeps it positive. */
const readInteger = (
  der: Uint8Array,
  at: number,
): { readonly digits: Uint8Array; readonly end: number } | undefined => {
  const length = der[at + 1] ?? 0;
  const end = at + 2 + length;
  if (der[at] !== 0x02 || length === 0 || end > der.length) return undefined;
  const bytes = der.subarray(at + 2, end);
  const [first = 0, second = 0] = bytes;
  if (first >= 0x80 || (first === 0 && length > 1 && second < 0x80)) return undefined;
  const digits = first === 0 ? bytes.subarray(1) : bytes;
  return digits.length > 32 ? undefined : { digits, end };
};
