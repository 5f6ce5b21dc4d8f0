import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type OrderDocument, orderDigest, readOrderDocument } from '@tutela/attribution/exchange';
import { systemClock } from '@tutela/core';

const document = 'cd'.repeat(32);

/** The other side of the wire, as docs/attribution-exchange.md has it: one order, released when told so. */
export const openOtherSide = async () => {
  const received: OrderDocument[] = [];
  let released = 'no';
  let troubles = 1;
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const send = (status: number, body: object): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      };
      if (request.headers.authorization !== 'Bearer key-1')
        return send(401, { code: 'credential-needed', message: '' });
      if (troubles-- > 0) return send(503, { code: 'busy', message: '' });
      if (request.method === 'POST') {
        const read = readOrderDocument(JSON.parse(Buffer.concat(chunks).toString()));
        if (read.kind === 'done') received.push(read.value);
      }
      const order = received[0] as OrderDocument;
      const common = { orderId: 'remote-1', orderSha256: orderDigest(order), reference: order.reference };
      if (request.url?.endsWith('/answer') === true) return send(200, answersTo(order, common));
      const state = released === 'yes' ? 'released' : 'received';
      const times = { receivedAt: systemClock.now(), expiresAt: order.expiresAt };
      return send(200, { format: 'tutela-attribution-state/1', ...common, state, ...times });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    received,
    release: () => {
      released = 'yes';
    },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
};

const answersTo = (order: OrderDocument, common: object) => {
  const base = { order: { id: 'remote-1', sha256: orderDigest(order) }, window: { from: 0, to: 1 } };
  const caveats = ['SUBSCRIBER_IS_NOT_USER'];
  const handle = 'ef'.repeat(16);
  const one = { ...base, caveats, outcome: 'EXACT_ONE', reasons: [], candidates: 1, subscriber: handle };
  const margin = { before: { kind: 'exact', ms: 412_000 }, after: { kind: 'at-least', ms: 86_400_000 } };
  const several = {
    ...base,
    caveats,
    outcome: 'N_CANDIDATES',
    reasons: ['PORT_MISSING'],
    candidates: 187,
    floor: 1 / 187,
  };
  const released = [{ ...one, margin }, several, several].slice(0, order.observations.length);
  const identity = { subscriber: handle, name: 'Somebody', line: 'residential', reasons: [] };
  return {
    format: 'tutela-attribution-answers/1',
    ...common,
    releasedAt: systemClock.now(),
    answers: released.map((each, at) => ({ answerId: `a-${at}`, recordSha256: document, released: each })),
    identities: [{ ...identity, installationAddress: '1 Street', billingAddress: '1 Street' }],
  };
};
