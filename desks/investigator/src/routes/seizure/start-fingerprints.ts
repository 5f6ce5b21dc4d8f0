import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { personOf, refuse } from '@tutela/http';
import { fingerprintsBody } from '../../api/seizure.js';
import { caseParams } from '../../api/shape.js';
import { readFingerprints, startFingerprints } from '../../fingerprint/runs.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';
import { seizureDepsOf } from './seizure-deps.js';

/** `POST /investigator/cases/:caseRef/fingerprints`: begins to look at pictures; each unit asks the authorities. */
export const startFingerprintsRoute =
  (deps: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, response: { 200: fingerprintsBody } };
    server.post('/investigator/cases/:caseRef/fingerprints', { schema }, async (request, reply) => {
      const { caseRef } = request.params;
      const act = { by: personOf(request), at: deps.clock.now() };
      const started = await startFingerprints(seizureDepsOf(deps), caseRef, act);
      return started.kind === 'done' ? told(await readFingerprints(deps, caseRef)) : refuse(reply, started.reason);
    });
  };
