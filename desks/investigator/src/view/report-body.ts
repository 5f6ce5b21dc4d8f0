import { type Static, Type } from 'typebox';
import { nullable } from '../api/shape.js';

const text = nullable(Type.String());
const flag = nullable(Type.Boolean());
/** As the document says it, in the shapes of `DeliveredReport`. */
const asDelivered = Type.Object({}, { additionalProperties: true });

export const reportSummaryBody = Type.Object({
  reportId: Type.String(),
  reportNumber: Type.String(),
  esp: text,
  incidentType: text,
  /** When the incident was as the provider states it: often when it was detected. */
  incidentAt: text,
  /** When the clearinghouse received the report. */
  receivedAt: text,
  importedAt: Type.String(),
  /** Of the document as delivered. */
  documentSha256: Type.String(),
  persons: Type.Integer(),
  files: Type.Integer(),
});

export const captureBody = Type.Object({
  type: text,
  value: text,
  port: nullable(Type.Integer()),
  at: text,
  /** The moment in the provider's own words. */
  stated: text,
  event: text,
  others: Type.Record(Type.String(), Type.String()),
});

const comparison = ['verified', 'differs', 'not-stated'] as const;

export const fileBody = Type.Object({
  fileId: Type.String(),
  name: text,
  originalName: text,
  statedHash: text,
  viewedByEsp: flag,
  /** Why the file stays closed until an authority opens it; null: the provider viewed it. */
  locked: nullable(Type.Enum(['not-viewed-by-provider', 'viewing-not-stated'])),
  /** When it was uploaded to the provider. */
  uploadedAt: text,
  /** What its bytes are to the stated hash: the best of `objects`. */
  comparison: Type.Enum([...comparison, 'not-delivered']),
  objects: Type.Array(
    Type.Object({
      sha256: Type.String(),
      md5: Type.String(),
      size: Type.Integer(),
      comparison: Type.Enum([...comparison]),
      entryName: Type.String(),
    }),
  ),
  content: asDelivered,
  captures: Type.Array(captureBody),
});

export const reportBody = Type.Object({
  summary: reportSummaryBody,
  content: Type.Object(
    {
      /** What of the document could not be read as it stands. */
      notes: Type.Array(Type.Object({ kind: Type.String(), path: Type.String() })),
    },
    { additionalProperties: true },
  ),
  incidents: Type.Array(Type.Object({ content: asDelivered, captures: Type.Array(captureBody) })),
  persons: Type.Array(
    Type.Object({
      role: Type.Enum(['reported', 'intended-recipient']),
      content: asDelivered,
      captures: Type.Array(captureBody),
    }),
  ),
  files: Type.Array(fileBody),
  deliveries: Type.Array(
    Type.Object({
      name: Type.String(),
      kind: Type.Enum(['json', 'zip']),
      size: Type.Integer(),
      sha256: Type.String(),
      importedAt: Type.String(),
      listing: Type.Enum(['whole', 'cut', 'damaged']),
      entries: Type.Array(
        Type.Object({
          name: Type.String(),
          end: Type.String(),
          size: Type.Optional(Type.Integer()),
          sha256: Type.Optional(Type.String()),
        }),
      ),
    }),
  ),
});

/** A received report as pages and programs see it. No bytes of any file are in it, nor to be had anywhere else. */
export type ReportView = Static<typeof reportBody>;
