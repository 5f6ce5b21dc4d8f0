import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';

const program = '/usr/bin/chromium';

/** Chromium is no dependency: tests that need it are skipped by name where it is missing. */
export const browserAtHand = existsSync(program);

/** A page with a passkey of its own: who sits there has touched it and given a PIN. */
export interface Page {
  readonly open: (url: string) => Promise<void>;
  /** The value of an expression in the page; a promise is waited for. */
  readonly evaluate: <T>(expression: string) => Promise<T>;
}

export interface Browser {
  readonly newPage: () => Promise<Page>;
  readonly close: () => Promise<void>;
}

/** Chromium without a window, spoken to over a pipe (Chrome DevTools Protocol, domains Target, WebAuthn, Page, Runtime). */
export const openBrowser = async (): Promise<Browser> => {
  const profile = await mkdtemp(path.join(tmpdir(), 'tutela-browser-'));
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', `--user-data-dir=${profile}`];
  const child = spawn(program, [...flags, '--remote-debugging-pipe', 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const send = protocolOver(child);
  return {
    newPage: async () => {
      const { targetId } = await send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
      const { sessionId } = await send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
      await send('WebAuthn.enable', {}, sessionId);
      await send('WebAuthn.addVirtualAuthenticator', { options: passkey }, sessionId);
      await send('Page.enable', {}, sessionId);
      return {
        open: async (url) => void (await send('Page.navigate', { url }, sessionId)),
        evaluate: async <T>(expression: string) => {
          const asked = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
          const answer = await send<Evaluated<T>>('Runtime.evaluate', asked, sessionId);
          if (answer.exceptionDetails !== undefined) throw new Error(JSON.stringify(answer.exceptionDetails));
          return answer.result.value;
        },
      };
    },
    close: async () => {
      void send('Browser.close', {}).catch(() => undefined);
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
    },
  };
};

const passkey = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

interface Evaluated<T> {
  readonly result: { readonly value: T };
  readonly exceptionDetails?: unknown;
}
interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** Requests go in at descriptor 3, answers come out at 4, each ended by a zero byte. */
const protocolOver = (child: ChildProcess) => {
  const input = child.stdio[3] as Writable;
  const output = child.stdio[4] as Readable;
  const waiting = new Map<
    number,
    { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }
  >();
  let last = 0;
  let text = '';
  output.setEncoding('utf8').on('data', (part: string) => {
    const messages = (text + part).split('\0');
    text = messages.pop() ?? '';
    for (const message of messages) {
      const { id, result, error } = JSON.parse(message) as Answer;
      const asked = waiting.get(id ?? 0);
      waiting.delete(id ?? 0);
      if (error === undefined) asked?.resolve(result);
      else asked?.reject(new Error(JSON.stringify(error)));
    }
  });
  child.once('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the browser ended'));
  });
  return <T = unknown>(method: string, params: object, sessionId?: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      input.write(`${JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) })}\0`);
    });
};
