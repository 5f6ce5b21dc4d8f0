import { done, type Failed, failed, nothing, type Outcome, toHex } from '@tutela/core';
import { utf8 } from '../../bytes.js';
import { parseTreeSize } from '../../checkpoint.js';
import { nodeHasher } from '../../node-crypto.js';
import { largestNote } from '../../note/signed-note.js';
import { sizeMediaType } from '../../witness/add-checkpoint.js';

/** What a witness answers to `add-checkpoint` (C2SP tlog-witness), before any of it is believed. */
export type WitnessReply =
  | { readonly kind: 'cosigned'; readonly lines: string }
  /** 409: it has cosigned a checkpoint of this size. */
  | { readonly kind: 'elsewhere'; readonly size: bigint }
  /** 422: what we sent does not continue what it cosigned. */
  | { readonly kind: 'inconsistent'; readonly why: string }
  | Failed<'unreachable' | 'not-accepted'>;

export interface AskDeps {
  /** Ends a request in progress. */
  readonly signal?: AbortSignal;
  readonly fetch?: typeof globalThis.fetch;
}

/** Milliseconds for one request. */
const patience = 30_000;

/** @param url submission prefix of the witness @param body of an `add-checkpoint` request */
export const postCheckpoint = async (url: string, body: string, deps: AskDeps = {}): Promise<WitnessReply> => {
  const answer = await ask(`${withoutSlash(url)}/add-checkpoint`, { method: 'POST', body }, deps);
  if (answer.kind !== 'done') return answer;
  const { status, type, text } = answer.value;
  if (status === 200) return { kind: 'cosigned', lines: text };
  if (status === 422) return { kind: 'inconsistent', why: firstLine(text) };
  const size = status === 409 && type === sizeMediaType ? parseTreeSize(text.replace(/\n$/, '')) : undefined;
  if (size !== undefined) return { kind: 'elsewhere', size };
  return failed('not-accepted', `it answers ${status}: ${firstLine(text)}`);
};

/**
 * The newest checkpoint of a log that a witness has cosigned, as the witness serves it.
 * @param url monitoring prefix of the witness; ours serves it below the submission prefix
 */
export const getCosignedCheckpoint = async (
  url: string,
  origin: string,
  deps: AskDeps = {},
): Promise<Outcome<string, 'unreachable' | 'not-accepted' | 'never-cosigned'>> => {
  const hash = toHex(nodeHasher.sha256(utf8(origin)));
  const answer = await ask(`${withoutSlash(url)}/${hash}/checkpoint`, {}, deps);
  if (answer.kind !== 'done') return answer;
  const { status, text } = answer.value;
  if (status === 404) return nothing('never-cosigned', 'it has cosigned nothing of this log');
  return status === 200 ? done(text) : failed('not-accepted', `it answers ${status}: ${firstLine(text)}`);
};

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

const ask = async (
  url: string,
  init: RequestInit,
  { signal, fetch = globalThis.fetch }: AskDeps,
): Promise<Outcome<Answer, 'unreachable'> & { readonly kind: 'done' | 'failed' }> => {
  const limit = AbortSignal.timeout(patience);
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'error',
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    });
    const type = (response.headers.get('content-type') ?? '').replace(/;.*$/, '').trim();
    return done({ status: response.status, type, text: await readLimited(response) });
  } catch (error) {
    return failed('unreachable', `it gives no answer: ${reasonOf(error)}`);
  }
};

/** Of fetch only the cause says what happened. */
const reasonOf = (error: unknown): string => {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
};

/** No more than a note can have: who sends more is no witness. */
const readLimited = async (response: Response): Promise<string> => {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > largestNote) throw new Error('the answer is longer than any checkpoint');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');
const firstLine = (text: string): string => (text.split('\n')[0] ?? '').slice(0, 200);
