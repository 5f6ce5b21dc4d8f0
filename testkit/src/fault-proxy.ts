import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What becomes of an answer on its way back. The request has arrived and was carried out, whatever happens then.
 * `lost`: the connection breaks off; `meanwhile` is waited for first.
 * `server-error`: HTTP 503 and a page of text instead of the answer.
 * `slow`: a byte at a time, each sooner than a connection counts as silent.
 * `wrong-md5`: the digest in the answer is of other bytes.
 * `garbled`: it comes whole, as bytes that mean nothing.
 */
export type Fault =
  | { readonly kind: 'lost'; readonly meanwhile?: () => Promise<void> }
  | { readonly kind: 'server-error' }
  | { readonly kind: 'slow'; readonly msPerByte: number }
  | { readonly kind: 'wrong-md5' }
  | { readonly kind: 'garbled' };

export interface FaultProxy {
  readonly port: number;
  /** What happens to the answer of the `nth` request (from 0) that comes by; all others pass unharmed. */
  readonly spoil: (nth: number, fault: Fault) => void;
  /** That came by until now. */
  readonly requests: () => number;
  readonly close: () => Promise<void>;
}

/** A way to a reporting server over loopback that can be made to fail. */
export const openFaultProxy = async (target: { readonly port: number }): Promise<FaultProxy> => {
  const faults = new Map<number, Fault>();
  let requests = 0;
  const server = createServer((near, answer) => {
    const fault = faults.get(requests++);
    forward(near, target.port)
      .then((received) => pass(received, answer, fault))
      // A server that does not answer is one that nobody hears from.
      .catch(() => answer.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  return {
    port: address.port,
    spoil: (nth, fault) => void faults.set(nth, fault),
    requests: () => requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

interface Received {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

const forward = (near: IncomingMessage, port: number): Promise<Received> =>
  new Promise((resolve, reject) => {
    const { method, url, headers } = near;
    const far = httpRequest({ host: '127.0.0.1', port, method, path: url, headers, agent: false });
    far.once('error', reject).once('response', (response) => {
      const status = response.statusCode ?? 500;
      bytesOf(response).then((body) => resolve({ status, headers: response.headers, body }), reject);
    });
    near.once('error', reject).pipe(far);
  });

const pass = async ({ status, headers, body }: Received, answer: ServerResponse, fault?: Fault): Promise<void> => {
  switch (fault?.kind) {
    case undefined:
      answer.writeHead(status, headers).end(body);
      return;
    case 'lost':
      await fault.meanwhile?.();
      answer.destroy();
      return;
    case 'server-error':
      answer.writeHead(503, { 'content-type': 'text/html' }).end('<html>Service Unavailable</html>');
      return;
    case 'slow':
      answer.writeHead(status, headers);
      for (const byte of body) {
        if (answer.destroyed) return;
        answer.write(Buffer.of(byte));
        await sleep(fault.msPerByte);
      }
      answer.end();
      return;
    case 'wrong-md5':
      answer.writeHead(status, headers).end(otherDigest(body.toString('utf8')));
      return;
    case 'garbled':
      answer.writeHead(status, headers).end(Buffer.alloc(body.length, '?'));
  }
};

/** As long as before, so that the length announced holds. */
const otherDigest = (document: string): string =>
  document.replace(/(?<=<hash>)[0-9a-f]{32}/, (digest) => digest.replace(/./g, (digit) => (digit === '0' ? '1' : '0')));

const bytesOf = async (stream: AsyncIterable<Buffer>): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
};
