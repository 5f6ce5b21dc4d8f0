import type { FastifyPluginAsync } from 'fastify';
import type { RouteDeps } from '../route-deps.js';
import { addSourceRoute } from './add-source.js';
import { listItemsRoute } from './list-items.js';
import { listMatchesRoute } from './list-matches.js';
import { listStacksRoute } from './list-stacks.js';
import { pausePassRoute } from './pause-pass.js';
import { resumePassRoute } from './resume-pass.js';
import { showFingerprintsRoute } from './show-fingerprints.js';
import { showItemRoute } from './show-item.js';
import { showKnownRoute } from './show-known.js';
import { showPassRoute } from './show-pass.js';
import { showSeizureRoute } from './show-seizure.js';
import { showStorageRoute } from './show-storage.js';
import { startFingerprintsRoute } from './start-fingerprints.js';
import { startPassRoute } from './start-pass.js';

export const seizureRoutes = (deps: RouteDeps): readonly FastifyPluginAsync[] =>
  [
    showSeizureRoute,
    showStorageRoute,
    addSourceRoute,
    startPassRoute,
    showPassRoute,
    pausePassRoute,
    resumePassRoute,
    listItemsRoute,
    showItemRoute,
    listStacksRoute,
    showFingerprintsRoute,
    startFingerprintsRoute,
    showKnownRoute,
    listMatchesRoute,
  ].map((route) => route(deps) as FastifyPluginAsync);
