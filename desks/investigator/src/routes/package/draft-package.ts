import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { personOf, refuse } from '@tutela/http';
import { draftedBody, packageWish } from '../../api/package.js';
import { caseParams } from '../../api/shape.js';
import { packageView } from '../../package/package-view.js';
import { packagesOf, type RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

/** `POST /investigator/cases/:caseRef/packages`: chooses what is packed and asks two others to approve exactly that. */
export const draftPackageRoute =
  (deps: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, body: packageWish, response: { 200: draftedBody } };
    server.post('/investigator/cases/:caseRef/packages', { schema }, async (request, reply) => {
      const by = personOf(request);
      const drafted = await packagesOf(deps).draft({ ...request.body, caseRef: request.params.caseRef, by });
      if (drafted.kind !== 'done') return refuse(reply, drafted.reason);
      const { content, needed } = drafted.value;
      return {
        package: packageView(drafted.value.package),
        needed,
        items: content.items.length,
        exclusions: told(content.exclusions),
      };
    });
  };
