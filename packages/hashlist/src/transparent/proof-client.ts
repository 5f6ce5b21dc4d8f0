import { done, failed, type Outcome, refused, toHex } from '@tutela/core';
import type { EntryCommitment, EntryOpening } from './statement.js';
import type { PublishedVersion } from './version.js';
import type { EntryVouchers } from './vouchers.js';

export interface ProofOptions {
  /** Of the list, such as `https://centre.example/hashsharing/csam`. */
  readonly root: string;
  readonly username: string;
  readonly password: string;
  readonly fetch?: typeof fetch;
}

export type ProofFault = 'unauthorised' | 'not-found' | 'unreachable' | 'unreadable';
type Answered<T> = Promise<Outcome<T, ProofFault>>;

/** What a clearinghouse of ours gives its members beside the exchange. All of it is verified by who asked. */
export interface ProofClient {
  readonly version: (version: number | 'latest') => Answered<PublishedVersion>;
  readonly commitments: (version: number | 'latest') => Answered<readonly EntryCommitment[]>;
  readonly openings: () => Answered<readonly EntryOpening[]>;
  readonly vouchers: (entry: { readonly member: number; readonly id: string }) => Answered<EntryVouchers>;
}

const timeout = 60_000;

export const createProofClient = (options: ProofOptions): ProofClient => {
  const base = `${options.root.replace(/\/+$/, '')}/transparency/v1`;
  const json = async <T>(path: string): Answered<T> => {
    const answer = await ask(options, `${base}${path}`);
    if (answer.kind !== 'done') return answer;
    return await answer.value.json().then(
      (value) => done(value as T),
      () => failed('unreadable', 'the answer is no JSON'),
    );
  };
  return {
    version: (version) => json(`/versions/${version}`),
    commitments: async (version) => {
      const answer = await ask(options, `${base}/versions/${version}/commitments`);
      if (answer.kind !== 'done') return answer;
      const bytes = new Uint8Array(await answer.value.arrayBuffer());
      if (bytes.length % 32 !== 0) return failed('unreadable', 'commitments have 32 bytes each');
      const all = Array.from({ length: bytes.length / 32 }, (_, at) => toHex(bytes.subarray(32 * at, 32 * at + 32)));
      return done(all as EntryCommitment[]);
    },
    openings: async () => {
      const all: EntryOpening[] = [];
      for (let after = ''; ; ) {
        const page = await json<OpeningsPage>(`/openings${after === '' ? '' : `?after=${encodeURIComponent(after)}`}`);
        if (page.kind !== 'done') return page;
        all.push(...page.value.openings);
        const { next } = page.value;
        if (next === null || next <= after) return done(all);
        after = next;
      }
    },
    vouchers: ({ member, id }) => json(`/entries/${member}/${encodeURIComponent(id)}/vouchers`),
  };
};

interface OpeningsPage {
  readonly openings: readonly EntryOpening[];
  readonly next: string | null;
}

const ask = async ({ username, password, ...options }: ProofOptions, url: string): Answered<Response> => {
  const basic = btoa(String.fromCodePoint(...new TextEncoder().encode(`${username}:${password}`)));
  const init = {
    headers: { authorization: `Basic ${basic}` },
    redirect: 'error',
    signal: AbortSignal.timeout(timeout),
  };
  try {
    const answer = await (options.fetch ?? fetch)(url, init as RequestInit);
    if (answer.ok) return done(answer);
    await answer.body?.cancel();
    if (answer.status === 401 || answer.status === 403) return refused('unauthorised', 'the list is not open to us');
    if (answer.status === 404) return refused('not-found', 'there is no such thing for us');
    return failed('unreachable', `the clearinghouse answers ${answer.status}`);
  } catch (error) {
    return failed('unreachable', `the clearinghouse did not answer: ${String(error)}`);
  }
};
