import type { PackageBody } from '../api/package.js';
import type { PackageRow } from './queries.js';

/** A package as pages and programs see it. */
export const packageView = (row: PackageRow): PackageBody => ({
  name: row.package,
  caseRef: row.case_ref,
  request: row.request,
  state: row.state,
  why: row.why,
  draftedAt: row.drafted_at,
  draftedBy: row.drafted_by,
  writtenAt: row.written_at,
  contents: row.contents,
  events: row.events,
  zipSha256: row.zip_sha256,
  zipBytes: row.zip_bytes,
  missing: (row.missing ?? []).map((each) => ({ ...each })),
});
