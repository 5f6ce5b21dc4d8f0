import { createServer, type Server } from 'node:net';
import { fastify } from 'fastify';
import { expect, test } from 'vitest';
import { listen } from './listen.js';

const occupy = (): Promise<{ readonly port: number; readonly holder: Server }> =>
  new Promise((resolve) => {
    const holder = createServer();
    holder.listen({ host: '127.0.0.1', port: 0 }, () =>
      resolve({ port: (holder.address() as { port: number }).port, holder }),
    );
  });

test('a port nobody asked for gives way to the next free one', async () => {
  const { port, holder } = await occupy();
  const server = fastify();
  const origin = await listen(server, { kind: 'from', port });
  expect(Number(new URL(origin).port)).toBeGreaterThan(port);
  await server.close();
  holder.close();
});

test('a port that was asked for and is taken is an error that names it', async () => {
  const { port, holder } = await occupy();
  await expect(listen(fastify(), { kind: 'exactly', port })).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining(String(port)),
  });
  holder.close();
});

test('only this machine is served', async () => {
  const server = fastify();
  expect(await listen(server, { kind: 'exactly', port: 0 })).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(server.addresses()).toMatchObject([{ address: '127.0.0.1' }]);
  await server.close();
});
