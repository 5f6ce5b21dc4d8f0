import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Outcome, systemClock } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { approvalRequestBody, approvalRequestsBody, approvalRequestsQuery, peopleBody } from '@tutela/oversight/api';
import { parsePersonId, type RequestDigest } from '@tutela/policy';
import {
  beginApproval,
  beginRegistration,
  findRequest,
  finishApproval,
  finishRegistration,
  listPeople,
  listRequests,
  readSite,
} from '@tutela/policy/postgres';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { problemOf, sendProblem } from '../http/problem.js';
import { requestBody } from './request-body.js';

const base64url = (most: number) => Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: most });
const credential = { id: base64url(2000), rawId: base64url(2000), type: Type.Literal('public-key') };
const registrationBody = Type.Object({
  ...credential,
  response: Type.Object({ clientDataJSON: base64url(20_000), attestationObject: base64url(100_000) }),
});
const assertionBody = Type.Object({
  ...credential,
  response: Type.Object({
    clientDataJSON: base64url(20_000),
    authenticatorData: base64url(20_000),
    signature: base64url(4000),
  }),
});
const ofRequest = Type.Object({ digest: Type.String({ pattern: '^[0-9a-f]{64}$' }) });

/** What people are to approve, and the ceremonies with their passkeys (WebAuthn Level 3 §7). */
export const policyRoutes =
  (db: Db): FastifyPluginAsyncTypebox =>
  async (server) => {
    const now = () => systemClock.now();

    server.get('/policy/people', { schema: { response: { 200: peopleBody } } }, async () => ({
      people: (await listPeople(db))
        .filter(({ revokedAt }) => revokedAt === undefined)
        .map(({ id, name, credentials }) => ({
          id,
          name,
          passkeys: credentials.filter(({ method, revokedAt }) => method === 'webauthn' && revokedAt === undefined)
            .length,
        })),
    }));

    const list = { querystring: approvalRequestsQuery, response: { 200: approvalRequestsBody } };
    server.get('/policy/requests', { schema: list }, async ({ query: asked }) => ({
      requests: (await listRequests(db, { ...asked, at: now() })).map(requestBody),
    }));

    const one = { params: ofRequest, response: { 200: approvalRequestBody } };
    server.get('/policy/requests/:digest', { schema: one }, async ({ params }, reply) => {
      const found = await findRequest(db, params.digest as RequestDigest);
      return found === undefined ? (refuse(reply, 'unknown-request') as never) : requestBody(found);
    });

    const personBody = Type.Object({ person: Type.String({ maxLength: 64 }) });
    server.post('/policy/passkeys/options', { schema: { body: personBody } }, async ({ body }, reply) => {
      const person = parsePersonId(body.person);
      if (person === undefined) return refuse(reply, 'person-unknown');
      const site = await readSite(db);
      return answer(reply, await inTransaction(db, (tx) => beginRegistration(tx, site, { person, at: now() })));
    });

    server.post('/policy/passkeys', { schema: { body: registrationBody } }, async ({ body }, reply) => {
      const site = await readSite(db);
      const response = { ...body, clientExtensionResults: {} };
      const asked = await inTransaction(db, (tx) => finishRegistration(tx, site, { response, at: now() }));
      return asked.kind === 'done' ? requestBody(asked.value) : refuse(reply, asked.reason.code);
    });

    server.post('/policy/requests/:digest/options', { schema: { params: ofRequest } }, async ({ params }, reply) =>
      answer(reply, await beginApproval(db, await readSite(db), params.digest as RequestDigest)),
    );

    server.post(
      '/policy/requests/:digest/approvals',
      { schema: { params: ofRequest, body: assertionBody } },
      async ({ params, body }, reply) => {
        const site = await readSite(db);
        const given = { digest: params.digest as RequestDigest, response: { ...body, clientExtensionResults: {} } };
        const taken = await inTransaction(db, (tx) => finishApproval(tx, site, { ...given, at: now() }));
        return taken.kind === 'done' ? requestBody(taken.value) : refuse(reply, taken.reason.code);
      },
    );
  };

const answer = <T>(reply: FastifyReply, outcome: Outcome<T>) =>
  outcome.kind === 'done' ? outcome.value : refuse(reply, outcome.reason.code);

/** The code is one of the policy's own; the page has words for it. */
const refuse = (reply: FastifyReply, code: string): FastifyReply =>
  sendProblem(reply, problemOf(code === 'unknown-request' ? 404 : 409, code, reply.request.id));
