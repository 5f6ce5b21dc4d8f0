import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { personsBody } from '../../api/case.js';
import { caseParams } from '../../api/shape.js';
import { personsOfCase } from '../../queries/case-reading.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

/** `GET /investigator/cases/:caseRef/persons`: whom the reports of a case name; the seized service's accounts are apart. */
export const personsRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, response: { 200: personsBody } };
    server.get('/investigator/cases/:caseRef/persons', { schema }, async ({ params }) => ({
      persons: told(await personsOfCase(db, params.caseRef)),
    }));
  };
