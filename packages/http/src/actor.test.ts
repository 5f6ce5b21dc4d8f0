import { fastify } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actorOf, personOf } from './actor.js';

const server = fastify();
beforeAll(() => {
  server.get('/anybody', async (request) => ({ actor: actorOf(request) }));
  server.get('/person', async (request) => ({ actor: personOf(request) }));
});
afterAll(() => server.close());

const get = async (url: string, actor?: string) => {
  const answer = await server.inject({ url, headers: actor === undefined ? {} : { 'tutela-actor': actor } });
  return [answer.statusCode, answer.json<{ actor?: string; code?: string }>()] as const;
};

test('whoever the header names is who acts', async () => {
  expect(await get('/anybody', 'staff-7')).toEqual([200, { actor: 'staff-7' }]);
  expect(await get('/person', 'staff-7')).toEqual([200, { actor: 'staff-7' }]);
});

test('without the header it was the operator, and nobody where a person is needed', async () => {
  expect(await get('/anybody')).toEqual([200, { actor: 'operator' }]);
  expect(await get('/person')).toMatchObject([400, { code: 'actor-needed' }]);
});

test.each(['Mary Smith', '', '-x', 'a'.repeat(65), 'staff-7, staff-8'])('%j is nobody', async (actor) => {
  for (const url of ['/anybody', '/person']) {
    expect(await get(url, actor)).toMatchObject([400, { code: 'actor-malformed' }]);
  }
});
