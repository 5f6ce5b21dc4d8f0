import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { rulesBody } from '../../api/log.js';
import type { OrderDeps } from '../../order/order-deps.js';
import { rulesShown } from '../../rules/show-rules.js';

/** `GET /provider/rules`: versions of rules that need no log, by NAT and time. */
export const listRulesRoute =
  ({ db }: OrderDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get('/provider/rules', { schema: { response: { 200: rulesBody } } }, async () => ({
      rules: [...(await rulesShown(db))],
    }));
  };
