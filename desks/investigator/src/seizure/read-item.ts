import type { AuthorityGate } from './authority-gate.js';
import type { ReadItem } from './commit-unit.js';
import type { Beat } from './heartbeat.js';
import { printedPath } from './paths.js';
import type { PlannedFile } from './plan/plan.js';
import type { UnitRow } from './queries/units.js';
import type { ReadFile } from './read/read-file.js';

export const lookedAt = ({ path, modifiedAt }: PlannedFile) => ({
  path,
  kind: 'file' as const,
  ...(modifiedAt !== null && { at: modifiedAt }),
});

/** What of a file may stand in its row, by what is known of it now. */
export const itemOf = (
  { gate, unit }: { readonly gate: AuthorityGate; readonly unit: UnitRow },
  file: PlannedFile,
  read: Exclude<ReadFile, { readonly state: 'stopped' }> | { readonly state: 'not-a-file' },
  beat: Beat,
): ReadItem => {
  const digested = read.state === 'digested' ? read : undefined;
  const fileClass = digested?.fileClass ?? 'other';
  gate.note('hash', file.path, file.decision);
  const listed =
    beat.kind === 'scope' ? gate.decide(beat.scope, 'list', lookedAt(file), digested && fileClass) : undefined;
  if (listed !== undefined) gate.note('list', file.path, listed);
  const name = listed?.answer === 'allow' ? printedPath(file.path) : undefined;
  if (file.decision.answer !== 'allow') throw new TypeError('only what is allowed is read');
  return {
    decision: file.decision,
    extents: digested?.extents ?? [],
    item: {
      case_ref: unit.case_ref,
      source_id: unit.source_id,
      parent_item_id: null,
      unit_id: unit.unit_id,
      path: name?.text ?? null,
      path_bytes: name?.bytes ?? null,
      path_sha256: file.pathSha256,
      size: digested?.size ?? file.size,
      sha256: digested?.sha256 ?? null,
      sha1: digested?.sha1 ?? null,
      md5: digested?.md5 ?? null,
      file_class: fileClass,
      media_type: digested?.mediaType ?? null,
      state: read.state,
      modified_at: file.modifiedAt,
      account: name === undefined ? null : (gate.account(file.path, 'file') ?? null),
      image_place: file.imagePlace ?? null,
    },
  };
};
