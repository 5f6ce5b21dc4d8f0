import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { storageBody } from '../../api/seizure.js';
import { caseParams } from '../../api/shape.js';
import { readSeizureStatus } from '../../seizure/status.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';
import { seizureDepsOf } from './seizure-deps.js';

/** `GET /investigator/cases/:caseRef/storage`: what is held, what keeping each content once saves, what is still to come. */
export const showStorageRoute =
  (deps: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, response: { 200: storageBody } };
    server.get('/investigator/cases/:caseRef/storage', { schema }, async ({ params }) => {
      const { sources, storage } = await readSeizureStatus(seizureDepsOf(deps), params.caseRef);
      const forecasts = sources.flatMap(({ pass }) => (pass === undefined ? [] : [pass.forecast]));
      return {
        ...told(storage),
        neededBytes: forecasts.reduce((sum, { bytesLeft }) => sum + bytesLeft, 0),
        needed: forecasts.some(({ certainty }) => certainty === 'at-least')
          ? ('at-least' as const)
          : ('estimate' as const),
      };
    });
  };
