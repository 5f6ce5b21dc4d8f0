import { newId, type UtcInstant } from '@tutela/core';
import type { DeliveredCapture, StatedMoment } from '@tutela/cybertip';
import type { Insertable } from 'kysely';
import type {
  Comparison,
  DeliveredFileId,
  DeliveryId,
  DeliveryTable,
  FileTable,
  ObjectTable,
  PersonTable,
  ReportId,
  ReportTable,
  SourceCaptureTable,
} from '../schema.js';
import type { DeliveredObject, Delivery } from './delivery.js';
import { statedMd5 } from './match-files.js';

/** All rows of a report that was not here before, but for those of its delivery. */
export interface ReportRows {
  readonly report: Insertable<ReportTable>;
  readonly persons: readonly Insertable<PersonTable>[];
  readonly files: readonly Insertable<FileTable>[];
  readonly captures: readonly Insertable<SourceCaptureTable>[];
}

export const reportRows = ({ document, documentSha256, reading }: Delivery, at: UtcInstant): ReportRows => {
  const report_id = newId<ReportId>();
  const { persons, files, incidents, ...content } = reading;
  const said = { incidents: incidents.map(apart), persons: persons.map(apart), files: files.map(apart) };
  return {
    report: {
      report_id,
      document_sha256: documentSha256,
      document: Buffer.from(document),
      report_number: reading.reportId,
      esp_name: reading.esp.name,
      incident_type: reading.incidentType,
      received_at: storedMoment(reading.received),
      incident_at: storedMoment(reading.incident),
      content: JSON.stringify({ ...content, incidents: said.incidents.map(({ rest }) => rest) }),
      imported_at: at,
    },
    persons: said.persons.map(({ rest: { role, ...person } }, index) => ({
      report_id,
      ordinal: index + 1,
      role,
      screen_name: person.screenName,
      esp_user_id: person.espUserId,
      content: JSON.stringify(person),
    })),
    files: said.files.map(({ rest: file }, index) => ({
      file_id: newId<DeliveredFileId>(),
      report_id,
      ordinal: index + 1,
      name: file.name,
      original_name: file.originalName,
      stated_hash: file.verificationHash,
      viewed_by_esp: file.viewedByEsp,
      uploaded_at: storedMoment(file.uploaded),
      content: JSON.stringify(file),
    })),
    captures: [
      ...persons.flatMap((person, index) => captureDrafts('person', index + 1, person.captures)),
      ...files.flatMap((file, index) => captureDrafts('file', index + 1, file.captures)),
      ...incidents.flatMap((incident, index) => captureDrafts('incident', index + 1, incident.captures)),
    ].map((draft, index) => ({ report_id, ordinal: index + 1, ...draft })),
  };
};

/** Captures have a table of their own. */
const apart = <Rest>({ captures, ...rest }: Rest & { readonly captures: readonly DeliveredCapture[] }) => ({
  captures,
  rest,
});

const captureDrafts = (
  owner: SourceCaptureTable['owner'],
  owner_ordinal: number,
  captures: readonly DeliveredCapture[],
): readonly Omit<Insertable<SourceCaptureTable>, 'report_id' | 'ordinal'>[] =>
  captures.map(({ type, value, port, at, event, others }) => ({
    owner,
    owner_ordinal,
    type,
    value,
    port,
    captured_at: storedMoment(at),
    stated_at: at?.stated ?? null,
    event,
    others: JSON.stringify(others),
  }));

/** PostgreSQL and JavaScript disagree on years far off; what was stated is kept as text in any case. */
const storedMoment = (moment: StatedMoment | null): UtcInstant | null => {
  const at = moment?.at ?? null;
  return at !== null && at >= '1900' && at < '9999' ? at : null;
};

export const deliveryRow = (
  { container, listing, entries }: Delivery,
  report_id: ReportId,
  imported_at: UtcInstant,
): Insertable<DeliveryTable> => {
  const { name, size, sha256, kind } = container;
  const delivery_id = newId<DeliveryId>();
  return { delivery_id, report_id, sha256, kind, name, size, listing, entries: JSON.stringify(entries), imported_at };
};

export const objectRow = (
  { digests, entryName }: DeliveredObject,
  file: Pick<FileTable, 'file_id' | 'stated_hash'>,
  delivery_id: DeliveryId,
): Insertable<ObjectTable> => ({
  file_id: file.file_id,
  sha256: digests.sha256,
  md5: digests.md5,
  size: digests.size,
  comparison: compare(file.stated_hash, digests.md5),
  entry_name: entryName,
  delivery_id,
});

const compare = (stated: string | null, md5: string): Comparison => {
  const expected = statedMd5({ verificationHash: stated });
  if (expected === undefined) return 'not-stated';
  return expected === md5 ? 'verified' : 'differs';
};
