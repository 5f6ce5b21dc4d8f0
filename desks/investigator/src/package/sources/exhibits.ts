import { toInstant } from '@tutela/core';
import type { CustodyRecord, ExhibitRecord, ToolUse } from '@tutela/evidence';
import { readCaseFile } from '../../case/case-file.js';
import type { CustodyRow, ExhibitRow } from '../../case/queries.js';
import type { MaterialSource } from '../material-source.js';

/** What was seized or handed over, and who had it when. */
export const exhibitMaterial: MaterialSource = async ({ db }, caseRef) => {
  const exhibits = (await readCaseFile(db, caseRef))?.exhibits ?? [];
  const numbers = new Map(exhibits.map(({ exhibit_id, number }) => [exhibit_id, number]));
  const custody = exhibits
    .flatMap((exhibit) => exhibit.custody.map((row) => ({ row, exhibit })))
    .sort((one, other) => (one.row.happened_at < other.row.happened_at ? -1 : 1));
  return {
    exhibits: exhibits.map((row) =>
      exhibitRecord(row, row.parent_id === null ? undefined : numbers.get(row.parent_id)),
    ),
    custody: custody.map(({ row, exhibit }, at) => custodyRecord(row, exhibit, at + 1)),
    chronology: custody.map(({ row, exhibit }) => ({
      at: row.happened_at,
      what: `exhibit ${exhibit.number}: ${row.action}, held by ${row.holder}`,
      source: exhibit.number,
    })),
  };
};

const exhibitRecord = (row: ExhibitRow, parent: string | undefined): ExhibitRecord => ({
  id: row.number,
  ...(parent !== undefined && { parent }),
  description: row.description,
  ...(row.seized_at !== null && { seizedAt: row.seized_at }),
  ...(row.seized_place !== null && { seizedWhere: row.seized_place }),
  ...(row.seized_by !== null && { seizedBy: row.seized_by }),
  ...(row.seized_from !== null && { seizedFrom: row.seized_from }),
  ...(row.make !== null && { make: row.make }),
  ...(row.serial !== null && { serial: row.serial }),
  ...(row.capacity_bytes !== null && { capacity: String(row.capacity_bytes) }),
  ...(row.seal_ids.length > 0 && { seals: row.seal_ids }),
  ...(row.storage_place !== null && { storagePlace: row.storage_place }),
  ...(row.sha256 !== null && {
    digests: {
      sha256: row.sha256,
      ...(row.sha1 !== null && { sha1: row.sha1 }),
      ...(row.md5 !== null && { md5: row.md5 }),
    },
  }),
  ...(row.time_zone !== null && { timeZone: row.time_zone }),
  ...(row.clock_offset_seconds !== null && { clockOffsetSeconds: Math.round(Number(row.clock_offset_seconds)) }),
});

const custodyRecord = (row: CustodyRow, exhibit: ExhibitRow, seq: number): CustodyRecord => {
  const { tool, toolVersion, arguments: given, sha256In = [], sha256Out = [] } = row.content;
  const used: ToolUse | undefined =
    tool === undefined
      ? undefined
      : { name: tool, version: toolVersion ?? 'not recorded', ...(given && { arguments: given.join(' ') }) };
  const digests = Array.from({ length: Math.max(1, sha256In.length, sha256Out.length) }, (_, at) => ({
    id: exhibit.number,
    ...(sha256In[at] !== undefined && { sha256In: sha256In[at] }),
    ...(sha256Out[at] !== undefined && { sha256Out: sha256Out[at] }),
  }));
  return {
    seq,
    at: toInstant(new Date(row.happened_at)),
    actor: row.holder,
    ...(row.second_person !== null && { secondActor: row.second_person }),
    action: row.action,
    objects: digests,
    ...(row.authority_id !== null && { authority: row.authority_id }),
    ...(used && { tool: used }),
    result:
      [
        row.handed_over_by === null ? '' : `handed over by ${row.handed_over_by}`,
        row.place === null ? '' : `at ${row.place}`,
        row.seal_ids.length === 0 ? '' : `seals ${row.seal_ids.join(', ')}`,
      ]
        .filter((part) => part !== '')
        .join('; ') || 'nothing further recorded',
    reason: row.reason,
  };
};
