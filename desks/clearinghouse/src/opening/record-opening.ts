import { done, newId, nothing, type Outcome, refused, type UtcInstant } from '@tutela/core';
import type { FileId, ReportNumber } from '@tutela/cybertip';
import type { Tx } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import type { ApprovalSite, PersonId, RequestDigest } from '@tutela/policy';
import {
  type ConsumeFault,
  consumeApproval,
  findRequest,
  type RequestState,
  requestApproval,
} from '@tutela/policy/postgres';
import { findFile, insertOpening, type OpeningRow } from './queries.js';

/** Which file, and who says so when. */
export interface OpeningOf {
  readonly number: ReportNumber;
  readonly fileId: FileId;
  readonly by: PersonId;
  readonly at: UtcInstant;
}

export type StatedBasis =
  | { readonly basis: 'consent'; readonly statement: string }
  | { readonly basis: 'warrant'; readonly statement: string; readonly reference: string };

/** A consent or a warrant opens a file by itself, once it is on record. */
export const recordOpening = async (
  tx: Tx,
  of: OpeningOf,
  stated: StatedBasis,
): Promise<Outcome<OpeningRow, 'file-unknown' | 'report-unfinished'>> => {
  const found = await finishedFile(tx, of);
  if (found.kind !== 'done') return found;
  const { basis, statement } = stated;
  const reference = stated.basis === 'warrant' ? stated.reference : null;
  return done(await insert(tx, of, { basis, statement, reference, approved_by: [], digest: null }));
};

const action = 'file.open-exigency';
const contentOf = ({ number, fileId }: OpeningOf, statement: string) => ({ report: number, file: fileId, statement });

/** An exigency opens a file once a second person has approved these words for this file. */
export const requestExigency = async (
  tx: Tx,
  of: OpeningOf,
  statement: string,
): Promise<Outcome<RequestState, 'file-unknown' | 'report-unfinished' | 'person-unknown' | 'too-long'>> => {
  const found = await finishedFile(tx, of);
  if (found.kind !== 'done') return found;
  const content = contentOf(of, statement);
  return requestApproval(tx, { action, requestedBy: of.by, reason: statement, content, at: of.at, hours: 24 });
};

/** Opens the file by an approved exigency, once. */
export const openByExigency = async (
  tx: Tx,
  site: ApprovalSite,
  of: OpeningOf,
  digest: RequestDigest,
): Promise<Outcome<OpeningRow, ConsumeFault | 'file-unknown' | 'report-unfinished'>> => {
  const found = await finishedFile(tx, of);
  if (found.kind !== 'done') return found;
  const statement = (await findRequest(tx, digest))?.request.content.statement;
  if (typeof statement !== 'string') return refused('unknown-request', 'nobody asked for this');
  const use = { digest, action, content: contentOf(of, statement), by: of.by, at: of.at };
  const used = await consumeApproval(tx, site, use);
  if (used.kind !== 'done') return used;
  const approved_by = used.value.people;
  return done(await insert(tx, of, { basis: 'exigency', statement, reference: null, approved_by, digest }));
};

const finishedFile = async (tx: Tx, { number, fileId }: OpeningOf) => {
  const file = await findFile(tx, number, fileId);
  if (file === undefined) return nothing('file-unknown', `report ${number} has no file ${fileId}`);
  return file.state === 'finished' ? done(file) : refused('report-unfinished', `report ${number} is not finished`);
};

type Basis = Pick<OpeningRow, 'basis' | 'statement' | 'reference' | 'approved_by' | 'digest'>;

const insert = async (tx: Tx, { number, fileId, by, at }: OpeningOf, basis: Basis): Promise<OpeningRow> => {
  const row = { opening_id: newId(), file_id: fileId, ...basis, recorded_by: by, recorded_at: at };
  await insertOpening(tx, row);
  const columns = ['file_id', 'basis', 'reference', 'statement', 'recorded_by', 'recorded_at', 'approved_by', 'digest'];
  await appendEvent(tx, {
    type: 'clearinghouse.file-opened',
    actor: by,
    at,
    subjects: [`clearinghouse/report/${number}`, `clearinghouse/file/${fileId}`],
    payload: { opening: row.opening_id, basis: basis.basis, statement: basis.statement },
    effects: [{ kind: 'written', table: 'clearinghouse.file_opening', key: { opening_id: row.opening_id }, columns }],
  });
  return row;
};
