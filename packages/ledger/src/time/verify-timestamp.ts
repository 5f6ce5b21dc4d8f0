import { done, refused, type UtcInstant } from '@tutela/core';
import { sameBytes } from '../bytes.js';
import type { Verdict } from '../verdict.js';
import { type KnownCertificate, mayStampTime, nameText, readCertificate } from './certificate.js';
import { findChain } from './certificate-chain.js';
import { attempt } from './der.js';
import { certificatesOfPem } from './pem.js';
import { readToken, type UnverifiedToken } from './token.js';

export interface TimestampClaim {
  /** TimeStampToken of RFC 3161, DER: what `tokenOfReply` takes out of a reply. */
  readonly token: Uint8Array;
  /** The bytes that are said to have been stamped, not their digest. */
  readonly imprintOf: Uint8Array;
  /** Certificates of the authorities that are believed, PEM or DER; those that sign themselves are the roots. */
  readonly roots: readonly (string | Uint8Array)[];
  /**
   * The chain has to hold at this moment too, as `openssl ts -verify` asks of the present one. Without it the moment of
   * the stamp counts: a token outlives the certificate of its authority.
   */
  readonly at?: UtcInstant;
}

/** What is proven: the bytes existed at `genTime`, give or take `accuracyMicros`. */
export interface Timestamp {
  /** Cut to milliseconds. */
  readonly genTime: UtcInstant;
  /** Absent when the authority does not say how far off it may be. */
  readonly accuracyMicros?: number;
  /** Object identifier. */
  readonly policy: string;
  /** Hexadecimal. */
  readonly serial: string;
  /** Subject of the authority's certificate (RFC 4514 text). */
  readonly authority: string;
}

export type TimestampFault =
  | 'malformed-token'
  | 'malformed-root'
  /** A digest or signature algorithm that proves too little, or one that is not understood. */
  | 'unsupported-algorithm'
  /** It was made for other bytes. */
  | 'imprint-differs'
  | 'bad-signature'
  /** Signed by a certificate that is not for time-stamps. */
  | 'not-a-time-authority'
  | 'untrusted-authority'
  /** The chain leads to a root but one of its certificates did not hold at one of the moments. */
  | 'certificate-expired';

export interface ProvenTimestamp extends Timestamp {
  /** DER, from the authority's certificate to the root. */
  readonly chain: readonly Uint8Array[];
  readonly nonce?: Uint8Array;
}

/**
 * Verifies a token against the bytes it was made for (RFC 3161 §2.2, RFC 5816). Whatever the bytes are, it answers.
 *
 * Revocation is not asked for: a root that was withdrawn has to be taken out of `roots`.
 */
export const verifyTimestamp = async (claim: TimestampClaim): Promise<Verdict<ProvenTimestamp, TimestampFault>> => {
  const roots = attempt(() => claim.roots.flatMap(readRoots));
  if (!('value' in roots)) return refused('malformed-root', `a root cannot be read: ${roots.why}`);
  const read = attempt(() => readToken(claim.token));
  if (!('value' in read)) return refused('malformed-token', `the token cannot be read: ${read.why}`);
  return prove(read.value, roots.value, claim).catch(() =>
    refused('malformed-token', 'the token has parts that cannot be verified'),
  );
};

const prove = async (
  token: UnverifiedToken,
  roots: readonly KnownCertificate[],
  { imprintOf, at }: TimestampClaim,
): Promise<Verdict<ProvenTimestamp, TimestampFault>> => {
  const { info, certificates } = token;
  const { digest } = info.imprint;
  if (token.algorithms === 'not-understood' || digest === undefined) {
    return refused('unsupported-algorithm', 'only SHA-256, SHA-384 and SHA-512 with RSA (PKCS #1) or ECDSA count');
  }
  if (sameBytes(await digestOf(digest, imprintOf), info.imprint.hash) === 'different') {
    return refused('imprint-differs', 'the token was made for other bytes');
  }
  const leaf = await signerOf(token, imprintOf);
  if (leaf === undefined) return refused('bad-signature', 'no certificate of the token made its signature');
  if (!mayStampTime(leaf)) {
    return refused('not-a-time-authority', 'the certificate is not for time-stamps alone (RFC 3161 §2.3)');
  }
  const moments = [info.genTime, ...(at === undefined ? [] : [at])].map((moment) => new Date(moment));
  const chain = await findChain({ leaf, given: certificates, roots, moments });
  if (chain === undefined) {
    return (await findChain({ leaf, given: certificates, roots, moments: [] })) === undefined
      ? refused('untrusted-authority', 'no chain of certificates leads to a root that is believed')
      : refused('certificate-expired', 'a certificate of the authority did not hold then');
  }
  const { imprint: _, ...stated } = info;
  return done({
    ...stated,
    authority: nameText(leaf.certificate.subject),
    chain: chain.map(({ der }) => der),
  });
};

/** The certificate that the signature names and that its key verifies. */
const signerOf = async (token: UnverifiedToken, imprintOf: Uint8Array): Promise<KnownCertificate | undefined> => {
  const data = new Uint8Array(imprintOf).buffer;
  const verified = await token.signedData.verify({ signer: 0, data, extendedMode: true }).catch(() => undefined);
  const signer = verified?.signatureVerified === true ? verified.signerCertificate : undefined;
  if (signer === undefined || signer === null) return undefined;
  const leaf = token.certificates.find(
    ({ certificate }) => sameBytes(new Uint8Array(certificate.tbsView), new Uint8Array(signer.tbsView)) === 'same',
  );
  if (leaf === undefined) return undefined;
  for (const { algorithm, hash } of token.signerDigests) {
    if (algorithm === undefined) return undefined;
    if (sameBytes(await digestOf(algorithm, leaf.der), hash) === 'different') return undefined;
  }
  return leaf;
};

const digestOf = async (algorithm: string, bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest(algorithm, new Uint8Array(bytes)));

const mostRoots = 64;

const readRoots = (root: string | Uint8Array): readonly KnownCertificate[] => {
  const ders = typeof root === 'string' ? certificatesOfPem(root) : [root];
  if (ders === undefined || ders.length > mostRoots) throw new TypeError('no certificates in PEM');
  return ders.map(readCertificate);
};
