import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Clock } from '@tutela/core';
import type { Db } from '@tutela/db';
import { personOf, refuse } from '@tutela/http';
import { Type } from 'typebox';
import { judgeAgain } from './judge-again.js';
import type { VersionedPolicy } from './policy.js';
import { findPolicy, listPolicies } from './queries/judgements.js';

interface PolicyDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly policy: VersionedPolicy;
  /** Has what waits judged soon. */
  readonly wake: () => void;
}

const anything = Type.Object({}, { additionalProperties: true });
const policyBody = Type.Object({
  version: Type.String(),
  standing: Type.Enum(['current', 'earlier']),
  sha256: Type.String(),
  adoptedAt: Type.String(),
  policy: anything,
});

/** `GET /clearinghouse/triage/policies[/:version]`: by what reports were judged; `POST …/again`: all by the current one. */
export const policyRoutes =
  ({ db, clock, policy, wake }: PolicyDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const path = '/clearinghouse/triage/policies';
    const json = (row: Awaited<ReturnType<typeof listPolicies>>[number]) => ({
      version: row.policy_version,
      standing: row.policy_version === policy.version ? ('current' as const) : ('earlier' as const),
      sha256: row.sha256,
      adoptedAt: row.adopted_at,
      policy: { ...row.content },
    });
    server.get(
      path,
      { schema: { response: { 200: Type.Object({ policies: Type.Array(policyBody) }) } } },
      async () => ({
        policies: (await listPolicies(db)).map(json),
      }),
    );

    server.get(
      `${path}/:version`,
      {
        schema: {
          params: Type.Object({ version: Type.String({ pattern: '^[1-9][0-9]{0,8}-[0-9a-f]{12}$' }) }),
          response: { 200: policyBody },
        },
      },
      async ({ params: { version } }, reply) => {
        const found = await findPolicy(db, version);
        return found === undefined
          ? refuse(reply, { code: 'policy-unknown', message: `no report was judged by ${version}` })
          : json(found);
      },
    );

    server.post('/clearinghouse/triage/again', async (request) => {
      const reports = await judgeAgain({ db, clock, policy }, personOf(request));
      wake();
      return { policyVersion: policy.version, reports };
    });
  };
