import { gunzipSync } from 'node:zlib';
import { type FastifyInstance, fastify } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { consoleFiles, isConsoleRoute } from './console-files.js';

let server: FastifyInstance;
beforeAll(async () => {
  server = fastify();
  await server.register(consoleFiles);
});
afterAll(() => server.close());

const script = async (): Promise<string> => {
  const { body } = await server.inject('/');
  return /src="(\/assets\/[^"]+\.js)"/.exec(body)?.[1] ?? '';
};

test('every address of a screen gives the same page', async () => {
  const pages = await Promise.all(['/', '/desk/platform/matches', '/desk/nowhere'].map((url) => server.inject(url)));
  expect(new Set(pages.map(({ body }) => body)).size).toBe(1);
  expect(pages[0]?.headers['content-type']).toBe('text/html; charset=utf-8');
});

test('the former address of approvals leads to their screen', async () => {
  const { statusCode, headers } = await server.inject('/approvals');
  expect([statusCode, headers.location]).toEqual([301, '/desk/oversight/approvals']);
});

test('a script is kept for ever under its name, and comes compressed to whoever reads it so', async () => {
  const url = await script();
  const plain = await server.inject(url);
  const packed = await server.inject({ url, headers: { 'accept-encoding': 'gzip' } });
  expect(plain.headers['cache-control']).toContain('immutable');
  expect(packed.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(packed.rawPayload).equals(plain.rawPayload)).toBe(true);
});

test('nothing outside the built files is given', async () => {
  for (const url of ['/assets/../../package.json', '/assets/%2e%2e/index.html', '/assets/', '/assets/none.js'])
    expect([url, (await server.inject(url)).statusCode]).toEqual([url, 404]);
});

test('an address of the interface is no page', () => {
  expect(['/platform/matches', '/desk', '/status', '/assetsx'].filter(isConsoleRoute)).toEqual([]);
});
