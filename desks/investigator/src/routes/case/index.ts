import type { FastifyPluginAsync } from 'fastify';
import type { RouteDeps } from '../route-deps.js';
import { addExhibitRoute } from './add-exhibit.js';
import { askRoleRoute } from './ask-role.js';
import { chronologyRoute } from './chronology.js';
import { closeCaseRoute } from './close-case.js';
import { endRoleRoute } from './end-role.js';
import { enterAuthorityRoute } from './enter-authority.js';
import { linkReportRoute } from './link-report.js';
import { listAuthoritiesRoute } from './list-authorities.js';
import { listCasesRoute } from './list-cases.js';
import { listDecisionsRoute } from './list-decisions.js';
import { listRolesRoute } from './list-roles.js';
import { openCaseRoute } from './open-case.js';
import { personsRoute } from './persons.js';
import { recordCustodyRoute } from './record-custody.js';
import { revokeAuthorityRoute } from './revoke-authority.js';
import { showCaseRoute } from './show-case.js';

export const caseRoutes = (deps: RouteDeps): readonly FastifyPluginAsync[] =>
  [
    listCasesRoute,
    openCaseRoute,
    showCaseRoute,
    closeCaseRoute,
    linkReportRoute,
    chronologyRoute,
    personsRoute,
    addExhibitRoute,
    recordCustodyRoute,
    listAuthoritiesRoute,
    enterAuthorityRoute,
    revokeAuthorityRoute,
    listDecisionsRoute,
    listRolesRoute,
    askRoleRoute,
    endRoleRoute,
  ].map((route) => route(deps) as FastifyPluginAsync);
