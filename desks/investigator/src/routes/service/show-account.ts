import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { accountFileBody, accountParams } from '../../api/service.js';
import { receipts } from '../../service/queries/answers.js';
import { usesOfAccount } from '../../service/queries/windows.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

const most = 10_000;

/** `GET /investigator/cases/:caseRef/accounts/:account`: where it was seen; what it sent, what it was sent unasked. */
export const showAccountRoute =
  ({ db, ranges }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: accountParams, response: { 200: accountFileBody } };
    server.get('/investigator/cases/:caseRef/accounts/:account', { schema }, async ({ params }) => {
      const { caseRef, account } = params;
      const uses = await usesOfAccount(db, caseRef, account);
      return {
        account,
        addresses: uses.map((use) => ({ ...told(use), country: ranges?.countryOf(use.address) ?? null })),
        receipts: told(await receipts(db, caseRef, account, most)),
      };
    });
  };
