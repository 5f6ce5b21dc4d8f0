import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHttpServer } from './server.js';

const operatorKey = 'k'.repeat(43);
const asOperator = { authorization: `Bearer ${operatorKey}` };
const logged: string[] = [];
let counted = 0;
let server: FastifyInstance;

beforeAll(async () => {
  server = await createHttpServer({
    operatorKey,
    log: (line) => logged.push(line),
    status: async () => ({ counted }),
    everyMs: 20,
    routes: [
      async (desk) => {
        desk.get('/desk/broken', async () => {
          throw Object.assign(new Error('the account of mary@example.org'), { code: '23505' });
        });
        desk.get(
          '/desk/limited',
          { schema: { querystring: { type: 'object', properties: { limit: { type: 'integer', maximum: 5 } } } } },
          async () => 'fine',
        );
        desk.post('/desk/echo', async ({ body }) => body);
        desk.get('/ispws/status', async () => 'reporters only');
      },
    ],
  });
});
afterAll(() => server.close());

describe('who may ask', () => {
  test('without the operator key there are the empty pages and nothing else', async () => {
    for (const url of ['/', '/desk/platform/matches', '/press.css'])
      expect((await server.inject(url)).statusCode).toBe(200);
    for (const url of [
      '/status',
      '/status/stream',
      '/desk/limited',
      '/nowhere',
      '/STATUS',
      '//status',
      '/%2e/status',
    ]) {
      const answer = await server.inject(url);
      expect([url, answer.statusCode]).toEqual([url, 401]);
      expect(answer.headers['content-type']).toContain('application/problem+json');
    }
  });

  test.each([
    ['another key', `Bearer ${'x'.repeat(43)}`],
    ['a part of it', `Bearer ${'k'.repeat(42)}`],
    ['more than it', `Bearer ${'k'.repeat(44)}`],
    ['another scheme', `Basic ${Buffer.from(`operator:${operatorKey}`).toString('base64')}`],
    ['an empty one', 'Bearer '],
  ])('%s is not the key', async (_, authorization) => {
    expect((await server.inject({ url: '/status', headers: { authorization } })).statusCode).toBe(401);
  });

  test('with the key the status is told', async () => {
    const answer = await server.inject({ url: '/status', headers: asOperator });
    expect(answer.json()).toEqual({ counted });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('the key in an address does not count', async () => {
    expect((await server.inject(`/status?key=${operatorKey}`)).statusCode).toBe(401);
  });

  test("the reporters' endpoints are left to their own credentials", async () => {
    expect((await server.inject('/ispws/status')).body).toBe('reporters only');
    expect((await server.inject('/ispwsx')).statusCode).toBe(401);
  });

  test('a request under another host name is refused, key or not', async () => {
    for (const host of [
      'rebound.example',
      'rebound.example:8642',
      '127.0.0.1.example',
      'localhost.example:80',
      '[::2]',
    ]) {
      for (const url of ['/', '/status', '/ispws/status']) {
        const answer = await server.inject({ url, headers: { ...asOperator, host } });
        expect([host, url, answer.statusCode]).toEqual([host, url, 421]);
      }
    }
    for (const host of ['127.0.0.1', '127.0.0.1:8642', 'localhost:1', 'LOCALHOST', '[::1]:8642']) {
      expect((await server.inject({ url: '/status', headers: { ...asOperator, host } })).statusCode).toBe(200);
    }
  });
});

test('every answer forbids scripts from elsewhere, frames, sniffing and referrers', async () => {
  for (const url of ['/', '/status', '/nowhere', '/%zz']) {
    const { headers } = await server.inject({ url });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
  }
});

test('the page has no script or style inside and asks nobody else', async () => {
  const { body } = await server.inject('/');
  expect(body).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=|https?:\/\//);
});

describe('what went wrong', () => {
  test('a fault of ours says nothing, and its one line in the log has the id and no content', async () => {
    const answer = await server.inject({ url: '/desk/broken', headers: asOperator });
    const problem = answer.json();
    expect(problem).toEqual({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      code: 'internal',
      instance: expect.stringMatching(/^urn:uuid:/),
    });
    const lines = logged.filter((line) => line.includes(problem.instance.slice('urn:uuid:'.length)));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('GET /desk/broken ended in Error 23505');
    expect(lines[0]).not.toContain('mary');
  });

  test('a request that fits no schema is told what it violates, not what it sent', async () => {
    const answer = await server.inject({ url: '/desk/limited?limit=secret', headers: asOperator });
    expect(answer.json()).toMatchObject({
      status: 400,
      code: 'invalid-request',
      violates: ['#/properties/limit/type'],
    });
    expect(answer.body).not.toContain('secret');
  });

  test('a body that cannot be read, a route that is not there and an address that is none are problems too', async () => {
    const json = { ...asOperator, 'content-type': 'application/json' };
    const broken = await server.inject({ method: 'POST', url: '/desk/echo', headers: json, payload: '{"secret' });
    expect(broken.json()).toMatchObject({ status: 400 });
    expect(broken.body).not.toContain('secret');
    expect((await server.inject({ url: '/nowhere', headers: asOperator })).json()).toMatchObject({ code: 'not-found' });
    expect((await server.inject({ url: '/%zz', headers: asOperator })).json()).toMatchObject({
      code: 'FST_ERR_BAD_URL',
    });
  });
});

test('a watcher gets the status now, each change of it, and an end when the server closes', async () => {
  const own = await createHttpServer({
    operatorKey,
    log: () => undefined,
    status: async () => ({ counted }),
    everyMs: 20,
    routes: [],
  });
  await own.listen({ host: '127.0.0.1', port: 0 });
  const { port } = own.server.address() as AddressInfo;
  const seen: string[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path: '/status/stream', headers: asOperator }, (answer) => {
      answer.setEncoding('utf8').on('data', (text: string) => {
        seen.push(text);
        if (counted < 2) counted += 1;
        else void own.close();
      });
      answer.on('end', resolve);
    });
    asking.on('error', reject).end();
  });
  await ended;
  expect(seen).toEqual([0, 1, 2].map((n) => `data: {"counted":${n}}\n\n`));
});

test('a watcher is told what changed, apart from the status', async () => {
  const told = [[], [{ topic: 'investigator.pass', id: '1', caseRef: 'case-1' }]];
  const own = await createHttpServer({
    operatorKey,
    log: () => undefined,
    status: async () => ({ still: 'the same' }),
    watchChanges: () => async () => told.shift() ?? [],
    everyMs: 20,
    routes: [],
  });
  await own.listen({ host: '127.0.0.1', port: 0 });
  const { port } = own.server.address() as AddressInfo;
  let text = '';
  await new Promise<void>((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path: '/status/stream', headers: asOperator }, (answer) => {
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        if (text.includes('changed')) void own.close();
      });
      answer.on('end', resolve);
    });
    asking.on('error', reject).end();
  });
  expect(text).toBe(
    'data: {"still":"the same"}\n\n' +
      'event: changed\ndata: {"changes":[{"topic":"investigator.pass","id":"1","caseRef":"case-1"}]}\n\n',
  );
});
