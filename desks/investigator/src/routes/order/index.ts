import type { FastifyPluginAsync } from 'fastify';
import type { RouteDeps } from '../route-deps.js';
import { askOrderRoute } from './ask-order.js';
import { confirmObservationRoute } from './confirm-observation.js';
import { draftOrderRoute } from './draft-order.js';
import { listGroupsRoute } from './list-groups.js';
import { listObservationsRoute } from './list-observations.js';
import { listOrdersRoute } from './list-orders.js';
import { listProvidersRoute } from './list-providers.js';
import { notePostedRoute } from './note-posted.js';
import { previewOrderRoute } from './preview-order.js';
import { sendOrderRoute } from './send-order.js';
import { showOrderRoute } from './show-order.js';
import { showOutgoingRoute } from './show-outgoing.js';
import { showReportAddressesRoute } from './show-report-addresses.js';
import { takeReportAddressesRoute } from './take-report-addresses.js';

export const orderRoutes = (deps: RouteDeps): readonly FastifyPluginAsync[] =>
  [
    listOrdersRoute,
    showOrderRoute,
    showOutgoingRoute,
    listGroupsRoute,
    previewOrderRoute,
    listObservationsRoute,
    confirmObservationRoute,
    showReportAddressesRoute,
    takeReportAddressesRoute,
    draftOrderRoute,
    askOrderRoute,
    sendOrderRoute,
    notePostedRoute,
    listProvidersRoute,
  ].map((route) => route(deps) as FastifyPluginAsync);
