import { systemClock } from '@tutela/core';
import type { PersonId } from '@tutela/policy';
import { actorIn } from '@tutela/policy/postgres';
import fastify, { type FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { roleAskedBody, roleEndedBody, rolesBody } from '../api/index.js';
import { caseRef, openSeizureGround, type SeizureGround } from '../seizure/seizure.test-support.js';
import { investigatorRoutes } from './index.js';

let ground: SeizureGround;
let server: FastifyInstance;
const where = `/investigator/cases/${caseRef}/roles`;
beforeAll(async () => {
  ground = await openSeizureGround();
  server = fastify();
  await server.register(investigatorRoutes({ db: ground.database.db, clock: systemClock }));
});
afterAll(async () => {
  await server.close();
  await ground.close();
});

const send = async (by: string, url: string, payload?: object) => {
  const headers = { 'tutela-actor': by };
  const answer = await server.inject({ method: payload ? 'POST' : 'GET', url, headers, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.json<Readonly<Record<string, unknown>>>() };
};
const answered = async (schema: TSchema, ...asked: Parameters<typeof send>) => {
  const { status, body } = await send(...asked);
  expect([status, [...Value.Errors(schema, body)]]).toEqual([200, []]);
  return body;
};
const refused = async (...asked: Parameters<typeof send>) => {
  const { status, body } = await send(...asked);
  return [status, body.code];
};
const rolesOf = async (person: string) => (await actorIn(ground.database.db, caseRef, person as PersonId)).roles;

test('whoever is nobody in a case asks for a role, which counts once somebody else has approved it', async () => {
  const wish = { role: 'examiner', reason: 'takes over' };
  expect(await answered(roleAskedBody, 'staff-1', where, wish)).toMatchObject({ needed: 1 });
  expect(await answered(rolesBody, 'staff-1', where)).toMatchObject({
    roles: [],
    requests: [{ person: 'staff-1', role: 'examiner', requestedBy: 'staff-1', reason: 'takes over' }],
  });
  expect(await rolesOf('staff-1')).toEqual([]);
  const [request] = (await answered(rolesBody, 'staff-1', where)).requests as readonly { readonly digest: string }[];
  await ground.approve(request?.digest ?? '');
  expect(await rolesOf('staff-1')).toEqual(['examiner']);
  expect(await answered(rolesBody, 'staff-1', where)).toMatchObject({
    roles: [{ person: 'staff-1', role: 'examiner', endedAt: null }],
    requests: [],
  });
  expect(await refused('staff-1', where, wish)).toEqual([409, 'role-held-already']);
  expect(await refused('staff-1', where, { role: 'oversight', reason: 'r' })).toEqual([409, 'walls']);
  expect(await refused('nobody', where, wish)).toEqual([403, 'person-unknown']);
  expect(await refused('staff-1', '/investigator/cases/none/roles', wish)).toEqual([404, 'unknown-case']);
});

test('a role is given up by whoever has it, and taken away by a lead of the case alone', async () => {
  const held = { person: 'staff-1', role: 'examiner', reason: 'left the unit' };
  expect(await refused('staff-2', `${where}/end`, held)).toEqual([403, 'role']);
  await sql`insert into policy.case_role (case_ref, person_id, role, granted_at, granted_by)
            values (${caseRef}, 'staff-2', 'lead', date_trunc('second', now()), 'staff-1')`.execute(ground.database.db);
  await answered(roleEndedBody, 'staff-2', `${where}/end`, held);
  expect(await rolesOf('staff-1')).toEqual([]);
  expect(await refused('staff-2', `${where}/end`, held)).toEqual([404, 'no-such-role']);
  await answered(roleEndedBody, 'staff-2', `${where}/end`, { person: 'staff-2', role: 'lead', reason: 'handed over' });
  expect(await answered(rolesBody, 'staff-1', where)).toMatchObject({
    roles: [{ endedBy: 'staff-2' }, { endedBy: 'staff-2' }],
  });
});
