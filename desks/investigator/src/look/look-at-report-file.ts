import { buffer } from 'node:stream/consumers';
import { done, nothing, type Outcome } from '@tutela/core';
import type { Db } from '@tutela/db';
import { type Category, categories } from '@tutela/exposure';
import type { Looker, LookSubject } from '@tutela/exposure/routes';
import { actorIn } from '@tutela/policy/postgres';
import { type Compartment, sha256Address } from '@tutela/vault';
import { listCaseReports } from '../case/queries.js';
import { listFiles, listObjects } from '../queries/listing.js';
import type { DeliveredFileId, ReportId } from '../schema.js';
import { mayView } from './may-view.js';

export interface ReportFilePlace {
  readonly caseRef: string;
  readonly reportId: ReportId;
  readonly fileId: DeliveredFileId;
}

/** A file of a report that belongs to a case: it is viewed under an authority of the case, as whatever else is. */
export const findReportFileSubject = async (
  { db, deliveries }: { readonly db: Db; readonly deliveries: Compartment },
  { caseRef, reportId, fileId }: ReportFilePlace,
  { person, at }: Looker,
): Promise<Outcome<LookSubject, string>> => {
  const linked = (await listCaseReports(db, caseRef)).some(({ report_id }) => report_id === reportId);
  const file = linked ? (await listFiles(db, reportId)).find(({ file_id }) => file_id === fileId) : undefined;
  const [object] = linked ? (await listObjects(db, reportId)).filter(({ file_id }) => file_id === fileId) : [];
  if (file === undefined || object === undefined) return nothing('file-unknown', `the case has no file ${fileId}`);
  const ref = `report/${reportId}/file/${fileId}`;
  const when = file.uploaded_at === null ? {} : { at: file.uploaded_at };
  const asked = { sourceId: reportId, itemRef: ref, path: object.entry_name, terms: [], ...when };
  const actor = await actorIn(db, caseRef, person);
  const allowed = await mayView(db, { caseRef, actor, object: asked, at });
  if (allowed.kind !== 'done') return allowed;
  return done({
    desk: 'investigator',
    ref: `case/${caseRef}/${ref}`,
    sha256: object.sha256,
    size: object.size,
    categories: categoriesOf(file.content.industryClassification),
    caseRef,
    open: async () => {
      const opened = await deliveries.open(sha256Address(object.sha256));
      return opened.kind === 'done' ? done(await buffer(opened.value.bytes)) : opened;
    },
    alongside: allowed.value,
  });
};

const categoriesOf = (said: string | null): readonly Category[] => categories.filter((category) => category === said);
