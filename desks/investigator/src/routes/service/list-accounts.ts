import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { readWindow, windowQuery } from '@tutela/window';
import { Type } from 'typebox';
import { accountsBody } from '../../api/service.js';
import { caseParams } from '../../api/shape.js';
import { countAccounts, windowOfAccounts } from '../../service/queries/windows.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

/** `GET /investigator/cases/:caseRef/accounts`: accounts of the seized service, by name and never by what they hold. */
export const listAccountsRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, querystring: Type.Object(windowQuery), response: { 200: accountsBody } };
    server.get('/investigator/cases/:caseRef/accounts', { schema }, async ({ params: { caseRef }, query }) => {
      const found = await readWindow(
        {
          read: (stretch) => windowOfAccounts(db, caseRef, stretch),
          count: () => countAccounts(db, caseRef),
          keyOf: ({ account }) => [account],
          keyLength: 1,
        },
        query,
      );
      return told(found);
    });
  };
