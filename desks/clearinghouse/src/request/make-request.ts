import { type Clock, canonicalJson, done, type JsonValue, newId, type Outcome } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { reportSubject, written } from '../referral/tell.js';
import { tongueOf } from '../tongues.js';
import { periodOf } from './clock.js';
import { type RequestView, requestBlocks } from './document.js';
import { faultOf, type MakeFault, type NewRequest } from './fault-of.js';
import { insertRequest, type RequestId, type RequestRow } from './queries.js';
import type { RequestRecord } from './record.js';
import { letterPdf, letterText, sha256Of } from './render.js';

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
}

/**
 * Makes a request and its documents, as a draft. Preservation comes first: help and production are asked for data that
 * somebody keeps already. An Article 29 request rests on the registry's word, with its source, that the addressee is
 * bound by the Convention.
 */
export const makeRequest = async ({ db, clock }: Deps, asked: NewRequest): Promise<Outcome<RequestRow, MakeFault>> => {
  const { record, renews, preservedBy } = asked;
  const period = periodOf(record, renews === undefined ? 'first' : 'renewal');
  if (period.kind !== 'done') return period;
  const made_at = clock.now();
  const request_id = newId<RequestId>();
  const view = { requestId: request_id, record, days: period.value, preservedBy, renews, madeAt: made_at };
  const documents = await documentsOf(view);
  return await inTransaction(db, async (tx) => {
    const fault = await faultOf(tx, asked);
    if (fault !== undefined) return fault;
    const kept: RequestRecord = period.value === undefined ? record : { ...record, preservationDays: period.value };
    const text = canonicalJson(JSON.parse(JSON.stringify(kept)) as JsonValue);
    const row = {
      request_id,
      kind: record.kind,
      record: text,
      record_sha256: sha256Of(Buffer.from(text)),
      report_number: asked.reportNumber ?? null,
      preserved_by: preservedBy ?? null,
      renews: renews ?? null,
      state: 'draft',
      made_at,
      made_by: asked.by,
      sent_at: null,
      sent_by: null,
      receipt: null,
      settled_at: null,
      settled_by: null,
      note: null,
    } as const;
    await insertRequest(tx, row, documents);
    await appendEvent(tx, {
      type: 'clearinghouse.request-made',
      actor: asked.by,
      at: made_at,
      subjects: [
        requestSubject(request_id),
        ...(asked.reportNumber === undefined ? [] : [reportSubject(asked.reportNumber)]),
      ],
      payload: { kind: record.kind, recordSha256: row.record_sha256, documents: documents.map(({ sha256 }) => sha256) },
      effects: [
        written('request', { request_id }),
        ...documents.map(({ form }) => written('request_document', { request_id, form })),
      ],
    });
    return done({ ...row, record: kept });
  });
};

export const requestSubject = (requestId: string): string => `clearinghouse/request/${requestId}`;

const documentsOf = async (
  view: RequestView & { readonly requestId: RequestId; readonly madeAt: RequestRow['made_at'] },
) => {
  const tongue = tongueOf([view.record.language]);
  const blocks = requestBlocks(tongue, view);
  const pdf = await letterPdf(tongue, blocks, { foot: view.requestId, at: view.madeAt });
  const document = (form: 'text' | 'pdf', bytes: Buffer) => ({
    request_id: view.requestId,
    form,
    language: tongue.language,
    bytes,
    sha256: sha256Of(bytes),
    made_at: view.madeAt,
  });
  return [document('text', Buffer.from(letterText(blocks))), document('pdf', pdf)];
};
