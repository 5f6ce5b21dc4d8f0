import { done, failed, type Outcome, refused, systemClock } from '@tutela/core';
import { concatenate, sameBytes } from '../bytes.js';
import type { DigestName } from './algorithms.js';
import { largestDer } from './der.js';
import { timestampQuery } from './query.js';
import { type ReplyFault, tokenOfReply } from './reply.js';
import { type ProvenTimestamp, type TimestampFault, verifyTimestamp } from './verify-timestamp.js';

export interface TimestampOrder {
  /** Of the authority: it takes queries by POST (RFC 3161 §3.4). */
  readonly url: string;
  readonly imprintOf: Uint8Array;
  readonly roots: readonly (string | Uint8Array)[];
  /** SHA-256 unless said otherwise. */
  readonly digest?: DigestName;
  /** For the whole answer; 20,000 unless said otherwise. */
  readonly timeoutMs?: number;
  /** Gives up at once. */
  readonly signal?: AbortSignal;
}

export interface StampedBytes {
  /** DER. */
  readonly token: Uint8Array;
  readonly proven: ProvenTimestamp;
}

export type OrderFault = ReplyFault | TimestampFault | 'unreachable' | 'nonce-differs';

/** Has bytes stamped, and believes the answer only when it verifies, now as at its own time. */
export const requestTimestamp = async (order: TimestampOrder): Promise<Outcome<StampedBytes, OrderFault>> => {
  const { imprintOf, roots, digest = 'SHA-256' } = order;
  const query = await timestampQuery(imprintOf, digest);
  const reply = await post(order, query.der);
  if (reply.kind !== 'done') return reply;
  const token = tokenOfReply(reply.value);
  if (token.kind !== 'done') return token;
  const verified = await verifyTimestamp({ token: token.value, imprintOf, roots, at: systemClock.now() });
  if (verified.kind !== 'done') return verified;
  const { nonce = new Uint8Array(0) } = verified.value;
  if (sameBytes(nonce, query.nonce) === 'different') {
    return refused('nonce-differs', 'the answer belongs to another query');
  }
  return done({ token: token.value, proven: verified.value });
};

const post = async (order: TimestampOrder, query: Uint8Array): Promise<Outcome<Uint8Array, 'unreachable'>> => {
  const { url, timeoutMs = 20_000, signal } = order;
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: new Uint8Array(query),
      // The operator named one address; where another answers, it is for the operator to write it down.
      redirect: 'error',
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return failed('unreachable', `the authority answered with HTTP ${response.status}`);
    }
    return await readLimited(response);
  } catch (error) {
    // fetch says only that it failed; why stands in the cause.
    const { cause = error } = error as Error;
    const why = cause instanceof Error ? cause.message : 'the connection broke';
    return failed('unreachable', `the authority gives no answer: ${why}`);
  }
};

const readLimited = async (response: Response): Promise<Outcome<Uint8Array, 'unreachable'>> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (const reader = response.body?.getReader(); ; ) {
    const next = await reader?.read();
    if (next === undefined || next.done) break;
    chunks.push(next.value);
    length += next.value.length;
    if (length > largestDer) {
      await reader?.cancel();
      return failed('unreachable', `the authority's answer is longer than ${largestDer} bytes`);
    }
  }
  return done(concatenate(...chunks));
};
