import { setTimeout as sleep } from 'node:timers/promises';
import { done, failed, type Outcome, refused } from '@tutela/core';
import { HashListError } from '../hash-list-error.js';
import type {
  CategorizationGroup,
  ExchangeMember,
  ExchangeTime,
  FeedbackReason,
  FeedbackSubmission,
  FingerprintType,
  QueryResult,
  StatusDocument,
} from './documents.js';
import { formatFeedback, parseCategorizations, parseMembers, parseReasons, parseStatus } from './other-documents.js';
import { parseQueryResult } from './query-result.js';

export interface ExchangeOptions {
  /** Root of the environment, such as `https://report.cybertip.org/hashsharing`: what stands before `/v2/`. */
  readonly root: string;
  readonly username: string;
  readonly password: string;
  /** Default: the global one. */
  readonly fetch?: typeof fetch;
  /** Between two tries of a GET that met 429 or 5xx, in milliseconds; what the other side asks for counts. */
  readonly pause?: number;
}

export type ExchangeFault =
  | 'unauthorised'
  | 'not-found'
  | 'refused-there'
  | 'unreachable'
  | 'unreadable'
  | 'bad-address';
type Answered<T> = Promise<Outcome<T, ExchangeFault>>;

export interface EntryWindow {
  /** Exclusive. */
  readonly from: ExchangeTime;
  /** Inclusive. */
  readonly to: ExchangeTime;
}

export interface ServerStatus extends StatusDocument {
  /** The other side's clock as it answered (RFC 9110 §6.6.1), in milliseconds; absent when it does not say. */
  readonly now?: number;
}

/** NCMEC's Hash Sharing API v2, as a member sees it. */
export interface ExchangeClient {
  readonly status: () => Answered<ServerStatus>;
  readonly members: () => Answered<readonly ExchangeMember[]>;
  readonly categorizations: () => Answered<readonly CategorizationGroup[]>;
  readonly reasons: (type: FingerprintType) => Answered<readonly FeedbackReason[]>;
  readonly entries: (window: EntryWindow) => Answered<QueryResult>;
  /** @param next as the page before gave it */
  readonly page: (next: string) => Answered<QueryResult>;
  /** @param href as the entry gave it */
  readonly largeFingerprint: (href: string) => Answered<Uint8Array>;
  readonly giveFeedback: (
    entry: { readonly member: number; readonly id: string; readonly type: FingerprintType },
    submission: FeedbackSubmission,
  ) => Answered<undefined>;
}

const tries = 5;
const timeout = 60_000;
const longestPause = 60_000;

export const createExchangeClient = (options: ExchangeOptions): ExchangeClient => {
  const root = options.root.replace(/\/+$/, '');
  const get = (path: string): Answered<Response> => ask(options, `${root}${path}`, {}, tries);
  const document = async <T>(path: string, read: (text: string, response: Response) => T): Answered<T> => {
    const response = await get(path);
    return response.kind === 'done' ? await readBody(response.value, read) : response;
  };
  const relative = async <T>(address: string, act: () => Answered<T>): Answered<T> =>
    address.startsWith('/v2/') && !address.includes('..')
      ? await act()
      : refused('bad-address', `${JSON.stringify(address.slice(0, 200))} does not lie below the environment`);
  return {
    status: () =>
      document('/v2/status', (text, { headers }) => {
        const now = Date.parse(headers.get('date') ?? '');
        return { ...parseStatus(text), ...(Number.isNaN(now) ? {} : { now }) };
      }),
    members: () => document('/v2/members', parseMembers),
    categorizations: () => document('/v2/categorizations', parseCategorizations),
    reasons: (type) => document(`/v2/feedback/${type}/reasons`, parseReasons),
    entries: ({ from, to }) =>
      document(`/v2/entries?${new URLSearchParams({ from, to }).toString()}`, parseQueryResult),
    page: (next) => relative(next, () => document(next, parseQueryResult)),
    largeFingerprint: (href) =>
      relative(href, async () => {
        const response = await get(href);
        return response.kind === 'done' ? done(new Uint8Array(await response.value.arrayBuffer())) : response;
      }),
    giveFeedback: async ({ member, id, type }, submission) => {
      const url = `${root}/v2/entries/${member}/${encodeURIComponent(id)}/${type}/feedback`;
      const headers = { 'content-type': 'application/xml; charset=utf-8' };
      const put = await ask(options, url, { method: 'PUT', headers, body: formatFeedback(submission) }, 1);
      return put.kind === 'done' ? done(undefined) : put;
    },
  };
};

const readBody = async <T>(response: Response, read: (text: string, response: Response) => T): Answered<T> => {
  try {
    return done(read(await response.text(), response));
  } catch (error) {
    if (error instanceof HashListError) return failed('unreadable', error.message);
    return failed('unreachable', `the answer broke off: ${String(error)}`);
  }
};

const ask = async (options: ExchangeOptions, url: string, init: RequestInit, left: number): Answered<Response> => {
  const { username, password, pause = 200 } = options;
  const authorization = `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
  const headers = new Headers(init.headers);
  headers.set('authorization', authorization);
  const signal = AbortSignal.timeout(timeout);
  let answer: Response;
  try {
    answer = await (options.fetch ?? fetch)(url, { ...init, headers, signal, redirect: 'error' });
  } catch (error) {
    return failed('unreachable', `${new URL(url).host} did not answer: ${String(error)}`);
  }
  if (answer.ok) return done(answer);
  await answer.body?.cancel();
  if ((answer.status === 429 || answer.status >= 500) && left > 1) {
    const asked = Number(answer.headers.get('retry-after') ?? 0) * 1000;
    await sleep(Math.min(Math.max(pause, Number.isFinite(asked) ? asked : 0), longestPause));
    return await ask({ ...options, pause: 2 * pause }, url, init, left - 1);
  }
  return faultOf(answer.status);
};

const faultOf = (status: number): Outcome<never, ExchangeFault> => {
  if (status === 401 || status === 403) return refused('unauthorised', `the exchange does not let us in (${status})`);
  if (status === 404) return refused('not-found', 'the exchange has no such thing for us (404)');
  if (status === 429 || status >= 500) return failed('unreachable', `the exchange answers ${status}`);
  return refused('refused-there', `the exchange answers ${status}`);
};
