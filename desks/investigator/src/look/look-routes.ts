import { type ExposureDeps, lookRoutes } from '@tutela/exposure/routes';
import type { Compartment } from '@tutela/vault';
import type { FastifyPluginAsync } from 'fastify';
import { Type } from 'typebox';
import type { ItemReader } from '../archive/item-reader.js';
import type { DeliveredFileId, ReportId } from '../schema.js';
import type { ItemId } from '../seizure/schema.js';
import { findItemSubject } from './look-at-item.js';
import { findReportFileSubject } from './look-at-report-file.js';

/** What looking at the files of a case works with. */
export interface LookingDeps extends ExposureDeps {
  readonly reader: ItemReader;
}

const caseRef = Type.String({ minLength: 1, maxLength: 100 });
const uuid = Type.String({ format: 'uuid' });

/** `…/cases/:caseRef/items/:itemId/(preview|reveal)` and `…/cases/:caseRef/reports/:reportId/files/:fileId/(…)`. */
export const caseLookRoutes =
  (deps: LookingDeps & { readonly deliveries: Compartment }): FastifyPluginAsync =>
  async (server) => {
    await server.register(
      lookRoutes(deps, {
        path: '/investigator/cases/:caseRef/items/:itemId',
        params: Type.Object({ caseRef, itemId: Type.Integer({ minimum: 1 }) }),
        find: ({ itemId, ...place }, looker) => findItemSubject(deps, { ...place, itemId: itemId as ItemId }, looker),
      }),
    );
    await server.register(
      lookRoutes(deps, {
        path: '/investigator/cases/:caseRef/reports/:reportId/files/:fileId',
        params: Type.Object({ caseRef, reportId: uuid, fileId: uuid }),
        find: ({ reportId, fileId, ...place }, looker) => {
          const file = { ...place, reportId: reportId as ReportId, fileId: fileId as DeliveredFileId };
          return findReportFileSubject(deps, file, looker);
        },
      }),
    );
  };
