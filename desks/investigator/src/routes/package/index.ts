import type { FastifyPluginAsync } from 'fastify';
import type { RouteDeps } from '../route-deps.js';
import { draftPackageRoute } from './draft-package.js';
import { exportPackageRoute } from './export-package.js';
import { listPackagesRoute } from './list-packages.js';
import { proposePackageRoute } from './propose-package.js';
import { showPackageRoute } from './show-package.js';
import { showRequestRoute } from './show-request.js';
import { verifyPackageRoute } from './verify-package.js';

/** What only reads rows is there in every desk; what packs needs a desk that packs. */
export const packageRoutes = (deps: RouteDeps): readonly FastifyPluginAsync[] => {
  const reading = [listPackagesRoute, showPackageRoute, showRequestRoute];
  const packing = [proposePackageRoute, draftPackageRoute, exportPackageRoute, verifyPackageRoute];
  return [...reading, ...(deps.packages === undefined ? [] : packing)].map(
    (route) => route(deps) as FastifyPluginAsync,
  );
};
