import * as asn1js from 'asn1js';
import { AlgorithmIdentifier, MessageImprint, TimeStampReq } from 'pkijs';
import { type DigestName, digestOids } from './algorithms.js';

/** A question to an authority (RFC 3161 §2.4.1): `application/timestamp-query`. */
export interface TimestampQuery {
  /** TimeStampReq, DER. */
  readonly der: Uint8Array;
  /** Comes back in the token, so that nobody can answer with an old one. */
  readonly nonce: Uint8Array;
}

/** Asks for the authority's certificate too, so that the token can be verified offline. */
export const timestampQuery = async (imprintOf: Uint8Array, digest: DigestName): Promise<TimestampQuery> => {
  const hash = await crypto.subtle.digest(digest, new Uint8Array(imprintOf));
  const nonce = crypto.getRandomValues(new Uint8Array(16));
  // A positive number in its shortest form, so that it comes back as it was sent.
  nonce[0] = ((nonce[0] as number) & 0x3f) | 0x40;
  const algorithm = { algorithmId: digestOids[digest], algorithmParams: new asn1js.Null() };
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier(algorithm),
      hashedMessage: new asn1js.OctetString({ valueHex: hash }),
    }),
    nonce: new asn1js.Integer({ valueHex: nonce.slice().buffer }),
    certReq: true,
  });
  return { der: new Uint8Array(request.toSchema().toBER()), nonce };
};
