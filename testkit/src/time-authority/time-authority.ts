import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CertificateOptions, makeCertificates, readRoots } from './certificates.js';
import { prepareReplies, replyTo } from './reply.js';

/**
 * How the authority behaves. `stamps`: as it should. `fails`: HTTP 503. `silent`: takes the query and never answers.
 * `babbles`: an answer that is none. `repeats`: the answer to the query before.
 */
export type Behaviour = 'stamps' | 'fails' | 'silent' | 'babbles' | 'repeats';

export interface TimeAuthority {
  readonly name: string;
  /** Takes `application/timestamp-query` by POST (RFC 3161 §3.4). */
  readonly url: string;
  /** Its root certificate, PEM, and the file it is in. */
  readonly roots: string;
  readonly rootsFile: string;
  /** Queries that came in so far. */
  readonly queries: () => number;
  readonly behave: (behaviour: Behaviour) => void;
  readonly close: () => Promise<void>;
}

export interface TimeAuthorityOptions extends Partial<CertificateOptions> {
  /** Any free one unless said otherwise. */
  readonly port?: number;
}

const day = 86_400_000;

/**
 * A time stamping authority over loopback, with certificates of its own, whose answers the real `openssl ts -reply`
 * makes. Its clock is the machine's. Needs the `openssl` command (`opensslAtHand`).
 */
export const openTimeAuthority = async (options: TimeAuthorityOptions = {}): Promise<TimeAuthority> => {
  const { name = 'Example time', key = 'rsa', extendedKeyUsage = 'critical, timeStamping', port = 0 } = options;
  const { valid = { from: new Date(Date.now() - day), to: new Date(Date.now() + 365 * day) } } = options;
  const folder = await mkdtemp(path.join(tmpdir(), 'time-authority-'));
  await makeCertificates(folder, { name, key, valid, extendedKeyUsage });
  await prepareReplies(folder);
  let behaviour: Behaviour = 'stamps';
  let queries = 0;
  let last: Buffer = Buffer.alloc(0);
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (query: Uint8Array): Promise<Buffer> => {
    const reply = turn.then(() => replyTo(folder, query));
    turn = reply.catch(() => undefined);
    return reply;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const query = await bytesOf(request);
    queries += 1;
    if (behaviour === 'silent') return;
    if (behaviour === 'fails') return void response.writeHead(503).end('not now');
    if (behaviour === 'stamps') last = await inTurn(query);
    response.writeHead(200, { 'content-type': 'application/timestamp-reply' });
    response.end(behaviour === 'babbles' ? Buffer.from('0\x82nonsense') : last);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  return {
    name,
    url: `http://127.0.0.1:${address.port}/`,
    roots: await readRoots(folder),
    rootsFile: path.join(folder, 'root.pem'),
    queries: () => queries,
    behave: (next) => {
      behaviour = next;
    },
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await turn;
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const largestQuery = 64 * 1024;

const bytesOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > largestQuery) throw new RangeError('no query is so long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
