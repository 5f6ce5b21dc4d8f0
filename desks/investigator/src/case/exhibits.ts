import { done, newId, type Outcome, refused, type UtcInstant } from '@tutela/core';
import type { Tx } from '@tutela/db';
import { type By, type CaseFault, lockOpenCase, recordCaseAct } from './cases.js';
import { type ExhibitRow, findExhibit, insertExhibit } from './queries.js';
import type { AcquisitionContent, ExhibitId } from './schema.js';

/** An exhibit as the label and the acquisition log describe it; what is left out is not known. */
export interface NewExhibit {
  readonly caseRef: string;
  readonly number: string;
  /** Number of the exhibit that it was taken from. */
  readonly parent?: string;
  readonly description: string;
  readonly seizedAt?: UtcInstant;
  readonly seizedPlace?: string;
  readonly seizedBy?: string;
  readonly seizedFrom?: string;
  readonly make?: string;
  readonly serial?: string;
  readonly capacityBytes?: number;
  readonly sealIds?: readonly string[];
  readonly storagePlace?: string;
  readonly imageFormat?: string;
  /** Hexadecimal digests of the image or copy. */
  readonly sha256?: string;
  readonly sha1?: string;
  readonly md5?: string;
  readonly acquisition?: AcquisitionContent;
  /** IANA name. */
  readonly timeZone?: string;
  /** Decimal text; positive: its clock was ahead. */
  readonly clockOffsetSeconds?: string;
}

export type ExhibitFault = CaseFault | 'malformed-exhibit' | 'known-already' | 'unknown-parent';

/** Records an exhibit as it was received. It is not changed afterwards: what happens to it is custody. */
export const recordExhibit = async (
  tx: Tx,
  exhibit: NewExhibit,
  { by, at }: By,
): Promise<Outcome<ExhibitRow, ExhibitFault>> => {
  const found = await lockOpenCase(tx, exhibit.caseRef);
  if (found.kind !== 'done') return found;
  const fault = formFault(exhibit);
  if (fault !== undefined) return refused('malformed-exhibit', fault);
  const { caseRef, number, parent } = exhibit;
  const above = parent === undefined ? undefined : await findExhibit(tx, caseRef, { number: parent });
  if (parent !== undefined && above === undefined)
    return refused('unknown-parent', `there is no exhibit ${parent} in ${caseRef}`);
  const row = await insertExhibit(tx, rowOf(exhibit, above?.exhibit_id ?? null, { by, at }));
  if (row === undefined) return refused('known-already', `there is an exhibit ${number} in ${caseRef} already`);
  await recordCaseAct(tx, {
    type: 'exhibit-recorded',
    caseRef,
    by,
    at,
    subjects: [exhibitSubject(row.exhibit_id)],
    payload: { number, ...(row.sha256 !== null && { sha256: row.sha256 }) },
    effects: [{ kind: 'written', table: 'investigator.exhibit', key: { exhibit_id: row.exhibit_id }, columns }],
  });
  return done(row);
};

export const exhibitSubject = (id: ExhibitId): string => `investigator/exhibit/${id}`;

const hexOf: Readonly<Record<'sha256' | 'sha1' | 'md5', RegExp>> = {
  sha256: /^[0-9a-f]{64}$/,
  sha1: /^[0-9a-f]{40}$/,
  md5: /^[0-9a-f]{32}$/,
};

const formFault = (exhibit: NewExhibit): string | undefined => {
  if (exhibit.number.trim() === '' || exhibit.description.trim() === '')
    return 'an exhibit needs a number and a description';
  const bytes = exhibit.capacityBytes;
  if (bytes !== undefined && !(Number.isSafeInteger(bytes) && bytes >= 0)) return 'a capacity is a number of bytes';
  const offset = exhibit.clockOffsetSeconds;
  if (offset !== undefined && !/^-?\d{1,9}(\.\d{1,6})?$/.test(offset)) return 'a clock offset is a number of seconds';
  for (const [name, form] of Object.entries(hexOf)) {
    const stated = exhibit[name as keyof typeof hexOf];
    if (stated !== undefined && !form.test(stated)) return `${name} is not in lower-case hexadecimal digits`;
  }
  return undefined;
};

const rowOf = (exhibit: NewExhibit, parentId: ExhibitId | null, { by, at }: By) => ({
  exhibit_id: newId<ExhibitId>(),
  case_ref: exhibit.caseRef,
  number: exhibit.number,
  parent_id: parentId,
  description: exhibit.description,
  seized_at: exhibit.seizedAt ?? null,
  seized_place: exhibit.seizedPlace ?? null,
  seized_by: exhibit.seizedBy ?? null,
  seized_from: exhibit.seizedFrom ?? null,
  make: exhibit.make ?? null,
  serial: exhibit.serial ?? null,
  capacity_bytes: exhibit.capacityBytes ?? null,
  seal_ids: exhibit.sealIds ?? [],
  storage_place: exhibit.storagePlace ?? null,
  image_format: exhibit.imageFormat ?? null,
  sha256: exhibit.sha256 ?? null,
  sha1: exhibit.sha1 ?? null,
  md5: exhibit.md5 ?? null,
  acquisition: JSON.stringify(exhibit.acquisition ?? {}),
  time_zone: exhibit.timeZone ?? null,
  clock_offset_seconds: exhibit.clockOffsetSeconds ?? null,
  recorded_at: at,
  recorded_by: by,
});

const columns = [
  'case_ref',
  'number',
  'parent_id',
  'description',
  'seized_at',
  'seized_place',
  'seized_by',
  'seized_from',
  'make',
  'serial',
  'capacity_bytes',
  'seal_ids',
  'storage_place',
  'image_format',
  'sha256',
  'sha1',
  'md5',
  'acquisition',
  'time_zone',
  'clock_offset_seconds',
  'recorded_at',
  'recorded_by',
] as const;
