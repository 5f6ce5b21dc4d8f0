import { done, failed, type Outcome, refused } from '@tutela/core';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import {
  type Acknowledgement,
  type Feedback,
  type FeedPage,
  feedPageSchema,
  feedPrefix,
  type ReferralDocument,
  type ReportForm,
  referralDocumentSchema,
} from './documents.js';

/** Where a clearinghouse's feed is, and the credential that it issued to this authority. */
export interface FeedAddress {
  /** Without the path of the feed. */
  readonly baseUrl: string;
  readonly authority: string;
  readonly credential: string;
}

/**
 * `unreachable`: nothing or nonsense came back, try again; `credential-refused`: who we say we are is not taken for true;
 * `turned-down`: the clearinghouse says no, and will again.
 */
export type FeedFault = 'unreachable' | 'credential-refused' | 'turned-down' | 'recalled';

export interface FeedClient {
  readonly list: (since: number, limit: number) => Promise<Outcome<FeedPage, FeedFault>>;
  readonly read: (referralId: string) => Promise<Outcome<ReferralDocument, FeedFault>>;
  /** The bytes as they come; reading them to the end is the caller's. They break off where the answer does. */
  readonly download: (
    referralId: string,
    reportNumber: string,
    form: ReportForm,
  ) => Promise<Outcome<AsyncIterable<Uint8Array>, FeedFault>>;
  readonly acknowledge: (referralId: string, word: Acknowledgement) => Promise<Outcome<'noted', FeedFault>>;
  readonly giveFeedback: (referralId: string, feedback: Feedback) => Promise<Outcome<'noted', FeedFault>>;
}

interface Asked extends Pick<RequestInit, 'method' | 'body'> {
  /** For the head of the answer and for its body. */
  readonly patienceMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const documentPatienceMs = 60_000;
/** A report with its files may be large. */
const reportPatienceMs = 600_000;
/** A page of 500 entries and a bundle of ten thousand numbers stay below it. */
const greatestDocument = 4 << 20;

export const createFeedClient = ({ baseUrl, authority, credential }: FeedAddress): FeedClient => {
  const authorization = `Basic ${Buffer.from(`${authority}:${credential}`).toString('base64')}`;
  const ask = async (
    path: string,
    { patienceMs = documentPatienceMs, ...request }: Asked = {},
  ): Promise<Outcome<Response, FeedFault>> => {
    const url = `${baseUrl.replace(/\/+$/, '')}${feedPrefix}${path}`;
    try {
      const headers = { ...request.headers, authorization };
      const signal = AbortSignal.timeout(patienceMs);
      const response = await fetch(url, { ...request, headers, redirect: 'error', signal });
      if (response.ok) return done(response);
      return faultOf(response.status, (await bytesOf(response)).toString('utf8'));
    } catch {
      return failed('unreachable', 'the clearinghouse cannot be reached');
    }
  };
  const get = async <Schema extends TSchema, T>(path: string, schema: Schema): Promise<Outcome<T, FeedFault>> => {
    const answer = await ask(path, { headers: { accept: 'application/json' } });
    if (answer.kind !== 'done') return answer;
    try {
      const body: unknown = JSON.parse((await bytesOf(answer.value)).toString('utf8'));
      if (Value.Check(schema, body)) return done(body as T);
    } catch {
      // What cannot be read is answered like what cannot be understood.
    }
    return failed('unreachable', 'what came back is not of a feed');
  };
  const post = async (path: string, body: object): Promise<Outcome<'noted', FeedFault>> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (answer.kind !== 'done') return answer;
    await answer.value.body?.cancel();
    return done('noted');
  };
  const of = (referralId: string): string => `referrals/${encodeURIComponent(referralId)}`;
  return {
    list: (since, limit) => get(`referrals?since=${since}&limit=${limit}`, feedPageSchema),
    read: (referralId) => get(of(referralId), referralDocumentSchema),
    download: async (referralId, reportNumber, form) => {
      const answer = await ask(`${of(referralId)}/reports/${encodeURIComponent(reportNumber)}.${form}`, {
        patienceMs: reportPatienceMs,
      });
      if (answer.kind !== 'done') return answer;
      return done((answer.value.body ?? empty()) as AsyncIterable<Uint8Array>);
    },
    acknowledge: (referralId, word) => post(`${of(referralId)}/acknowledgement`, word),
    giveFeedback: (referralId, feedback) => post(`${of(referralId)}/feedback`, feedback),
  };
};

async function* empty(): AsyncGenerator<Uint8Array> {}

const bytesOf = async (response: Response): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > greatestDocument) throw new RangeError('the document is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** A problem is the asker's for good, but for time, rate and a credential that can be put right. */
const faultOf = (status: number, body: string): Outcome<never, FeedFault> => {
  const code = /"code"\s*:\s*"([a-z-]{1,60})"/.exec(body)?.[1] ?? `status-${status}`;
  if (status === 410) return refused('recalled', code);
  if (status === 401) return failed('credential-refused', code);
  const again = status >= 500 || status === 429 || status === 408;
  return again ? failed('unreachable', code) : refused('turned-down', code);
};
