import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Db } from '@tutela/db';
import { Type } from 'typebox';
import { authenticate } from '../credentials.js';
import { tally } from './documents.js';
import { countFiled, countWords } from './queries.js';

const count = Type.Integer({ minimum: 0 });
const counts = Type.Record(Type.String(), count);
const problem = Type.Object({ code: Type.String(), message: Type.String() });

/**
 * `GET /feedback/v1/outcomes`: what became of the reports that a service filed, with its credentials of `/ispws`. Numbers
 * alone: a report's own fate would tell a service, and whoever reads along there, of an investigation.
 */
export const reporterFeedbackRoutes =
  (db: Db): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(
      '/feedback/v1/outcomes',
      {
        schema: {
          response: {
            200: Type.Object({ finished: count, referred: count, usefulness: counts, outcomes: counts }),
            401: problem,
          },
        },
      },
      async (request, reply) => {
        const [, encoded = ''] = /^basic ([A-Za-z0-9+/=]{1,1000})$/i.exec(request.headers.authorization ?? '') ?? [];
        const [username = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
        const reporter = await authenticate(db, username, password.join(':'));
        if (reporter === undefined) {
          reply.header('www-authenticate', 'Basic realm="tutela-feedback"');
          return await reply.code(401).send({ code: 'credential-needed', message: 'send the credentials of /ispws' });
        }
        const own = { whose: 'reporter', id: reporter.id } as const;
        const [filed, usefulness, outcomes] = await Promise.all([
          countFiled(db, reporter.id),
          countWords(db, 'usefulness', own),
          countWords(db, 'outcome', own),
        ]);
        return { ...filed, usefulness: tally(usefulness), outcomes: tally(outcomes) };
      },
    );
  };
