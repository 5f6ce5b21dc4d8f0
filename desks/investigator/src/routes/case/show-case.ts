import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { actorOf, refuse } from '@tutela/http';
import type { PersonId } from '@tutela/policy';
import { actorIn, dueDeadlines } from '@tutela/policy/postgres';
import { caseFileBody } from '../../api/case.js';
import { caseParams } from '../../api/shape.js';
import { readCaseFile } from '../../case/case-file.js';
import type { RouteDeps } from '../route-deps.js';
import { camel, told } from '../told.js';

const daysAhead = 90;

/** `GET /investigator/cases/:caseRef`: reports, exhibits with their custody, deadlines, and whoever asks' own roles. */
export const showCaseRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, response: { 200: caseFileBody } };
    server.get('/investigator/cases/:caseRef', { schema }, async (request, reply) => {
      const { caseRef } = request.params;
      const file = await readCaseFile(db, caseRef);
      if (file === undefined) return refuse(reply, { code: 'unknown-case', message: `there is no case ${caseRef}` });
      const { roles } = await actorIn(db, caseRef, actorOf(request) as PersonId);
      const deadlines = (await dueDeadlines(db, clock.now(), daysAhead)).filter((each) => each.caseRef === caseRef);
      return {
        case: camel(file.case),
        roles: told(roles),
        reports: file.reports.map(camel),
        exhibits: file.exhibits.map(({ custody, ...exhibit }) => ({ ...camel(exhibit), custody: custody.map(camel) })),
        deadlines: told(deadlines),
      };
    });
  };
