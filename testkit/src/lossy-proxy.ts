import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that loses answers: the request arrives and is carried out, and nobody hears of it. */
export interface LossyProxy {
  readonly port: number;
  /** From now on, and only for the answer to the `nth` request (from 0). */
  readonly loseAnswer: (nth: number) => void;
  readonly requests: () => number;
  readonly close: () => Promise<void>;
}

/** Counts requests by their first line; made for clients that send one request at a time. */
export const openLossyProxy = async (target: { readonly port: number }): Promise<LossyProxy> => {
  let requests = 0;
  let losing: number | undefined;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target.port, '127.0.0.1');
    let current = -1;
    open.add(near).add(far);
    near.on('data', (bytes) => {
      if (/^(GET|POST) \S+ HTTP\/1\.1\r\n/.test(bytes.toString('latin1', 0, 200))) current = requests++;
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (current === losing) near.destroy();
      else near.write(bytes);
    });
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  return {
    port: address.port,
    loseAnswer: (nth) => {
      losing = nth;
    },
    requests: () => requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
};
