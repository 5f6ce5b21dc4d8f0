import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Reporter } from '@tutela/cybertip';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { authenticate } from '../credentials.js';
import { reportNumber } from '../routes/parameters.js';
import { type IntakeDeps, receiveFromPartner } from './receive-url-report.js';
import { longest } from './url-report.js';

const problem = Type.Object({ code: Type.String(), message: Type.String() });
const body = Type.Object(
  {
    /** The hotline's own number of it: sent again, it is the same report. */
    reference: Type.String({ minLength: 1, maxLength: 200, pattern: '^[!-~]+$' }),
    url: Type.String({ minLength: 1, maxLength: longest.url }),
    /** RFC 3339, or a day. */
    seenAt: Type.Optional(Type.String({ maxLength: 40 })),
    where: Type.Optional(Type.String({ maxLength: longest.where })),
    note: Type.Optional(Type.String({ maxLength: longest.note })),
  },
  { additionalProperties: false },
);

/** `POST /partner/v1/url-reports`: an address that a partner hotline saw, with the credentials of a reporting service. */
export const partnerRoutes =
  (deps: IntakeDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.post(
      '/partner/v1/url-reports',
      {
        bodyLimit: 64 * 1024,
        schema: { body, response: { 200: Type.Object({ reportNumber }), 401: problem, 409: problem, 422: problem } },
      },
      async (request, reply) => {
        const partner = await partnerOf(deps, request);
        if (partner === undefined) {
          reply.header('www-authenticate', 'Basic realm="tutela-partner"');
          return await reply.code(401).send({ code: 'credential-needed', message: 'send the credentials of /ispws' });
        }
        const { reference, ...report } = request.body;
        const received = await receiveFromPartner(deps, { partner, reference, report });
        if (received.kind === 'done') return received.value;
        return await reply.code(received.reason.code === 'reference-taken' ? 409 : 422).send({ ...received.reason });
      },
    );
  };

const partnerOf = ({ db }: IntakeDeps, { headers }: FastifyRequest): Promise<Reporter | undefined> => {
  const [, encoded = ''] = /^basic ([A-Za-z0-9+/=]{1,1000})$/i.exec(headers.authorization ?? '') ?? [];
  const [username = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return authenticate(db, username, password.join(':'));
};
