import { systemClock, toInstant } from '@tutela/core';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseRef, openSeizureGround, type SeizureGround } from '../seizure/seizure.test-support.js';
import { investigatorRoutes } from './index.js';

let ground: SeizureGround;
let server: FastifyInstance;
beforeAll(async () => {
  ground = await openSeizureGround();
  server = fastify();
  await server.register(investigatorRoutes({ db: ground.database.db, clock: systemClock }));
});
afterAll(async () => {
  await server.close();
  await ground.close();
});

test('the authority entered last is listed first', async () => {
  const now = Date.now();
  const entered = [3, 1, 2, 4].map((minutes) => toInstant(new Date(now - minutes * 60_000)));
  for (const enteredAt of entered) await ground.authorise({ enteredAt });
  const answer = await server.inject({ url: `/investigator/cases/${caseRef}/authorities` });
  const { authorities } = answer.json<{ authorities: readonly { authority: { enteredAt: string } }[] }>();
  expect(authorities.map(({ authority }) => authority.enteredAt)).toEqual(entered.toSorted().toReversed());
});
