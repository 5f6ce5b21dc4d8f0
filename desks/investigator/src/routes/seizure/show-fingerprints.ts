import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { fingerprintsBody } from '../../api/seizure.js';
import { caseParams } from '../../api/shape.js';
import { readFingerprints } from '../../fingerprint/runs.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

/** `GET /investigator/cases/:caseRef/fingerprints`: how far looking at the pictures of a case has come. */
export const showFingerprintsRoute =
  (deps: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, response: { 200: fingerprintsBody } };
    server.get('/investigator/cases/:caseRef/fingerprints', { schema }, async ({ params: { caseRef } }) =>
      told(await readFingerprints(deps, caseRef)),
    );
  };
