import { done, refused } from '@tutela/core';
import * as asn1js from 'asn1js';
import type { Verdict } from '../verdict.js';
import { attempt, bytesOfBlock, integerOf, partsOf, readDer } from './der.js';

export type ReplyFault = 'malformed-reply' | 'not-granted';

/** Takes the token out of an authority's answer (RFC 3161 §2.4.2, TimeStampResp): `application/timestamp-reply`. */
export const tokenOfReply = (der: Uint8Array): Verdict<Uint8Array, ReplyFault> => {
  const read = attempt(() => {
    const [status, token] = partsOf(readDer(der));
    const [code = 255] = integerOf(partsOf(status)[0]);
    return { code, token: token && bytesOfBlock(token) };
  });
  if (!('value' in read)) return refused('malformed-reply', `the answer cannot be read: ${read.why}`);
  const { code, token } = read.value;
  // 0 granted, 1 granted with modifications, which the token shows.
  if (code > 1) return refused('not-granted', `the authority did not stamp it (status ${code})`);
  return token === undefined ? refused('malformed-reply', 'the answer holds no token') : done(token);
};

/** The answer that a token came in, as `openssl ts -verify -in` reads it: the content of a `.tsr` file. */
export const replyOfToken = (token: Uint8Array): Uint8Array => {
  const granted = new asn1js.Sequence({ value: [new asn1js.Integer({ value: 0 })] });
  const reply = new asn1js.Sequence({ value: [granted, asn1js.fromBER(token).result] });
  return new Uint8Array(reply.toBER());
};
