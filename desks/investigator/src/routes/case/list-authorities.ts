import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type AuthorityRecord, standingOf, versionsInPlay } from '@tutela/policy';
import { loadGrounds } from '@tutela/policy/postgres';
import { authoritiesBody } from '../../api/case.js';
import { caseParams } from '../../api/shape.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

/**
 * `GET /investigator/cases/:caseRef/authorities`: each in the versions that count, with its words and what it is worth;
 * what was entered last comes first (test: "the authority entered last is listed first").
 */
export const listAuthoritiesRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, response: { 200: authoritiesBody } };
    server.get('/investigator/cases/:caseRef/authorities', { schema }, async ({ params }) => {
      const at = clock.now();
      const { authorities } = await loadGrounds(db, params.caseRef);
      return {
        authorities: versionsInPlay(authorities, at)
          .toSorted(lastEnteredFirst)
          .map((record) => ({
            standing: standingOf(record, at),
            authority: told(record.authority),
            verification: told(record.verification ?? null),
            end: told(record.end ?? null),
          })),
      };
    });
  };

const lastEnteredFirst = ({ authority: one }: AuthorityRecord, { authority: other }: AuthorityRecord): number =>
  other.enteredAt.localeCompare(one.enteredAt, 'en');
