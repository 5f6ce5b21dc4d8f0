import type { JsonObject } from '@tutela/core';
import { type Answered, type FileId, type ReportNumber, writableText } from '@tutela/cybertip';
import { sha256Address } from '@tutela/vault';
import type { Destination, PlatformDeps } from '../deps.js';
import type { Filing, FilingFile } from '../queries/filings.js';
import { wasViewed } from '../queries/matches.js';
import type { NextAct } from './next-act.js';
import { fileDetailsOf, reportOf } from './report-of.js';

/** What an answer means for the filing, whatever was asked. */
export type Meaning =
  | { readonly kind: 'opened'; readonly number: ReportNumber }
  | { readonly kind: 'uploaded'; readonly file: FilingFile; readonly fileId: FileId }
  | { readonly kind: 'described'; readonly file: FilingFile }
  | { readonly kind: 'finished' }
  /** The report is gone at the clearinghouse and was never finished: file anew. */
  | { readonly kind: 'gone' }
  /** The file arrived spoiled: the report must be retracted. */
  | { readonly kind: 'spoiled'; readonly why: string }
  /** Nothing was carried out; try the same later. */
  | { readonly kind: 'not-done'; readonly why: string }
  /** It may have been carried out; ask later. */
  | { readonly kind: 'unknown'; readonly why: string }
  /** The clearinghouse says no, and saying it again will not help: for a person. */
  | { readonly kind: 'refused'; readonly why: string };

export interface Performed {
  readonly meaning: Meaning;
  /** The answer as it is put on record. */
  readonly said: JsonObject;
}

type Call = Exclude<NextAct, { act: 'none' }>;

/** One request to the clearinghouse. Nothing is tried again in here. */
export const perform = async (
  deps: PlatformDeps & { readonly destination: Destination },
  filing: Filing,
  files: readonly FilingFile[],
  next: Call,
): Promise<Performed> => {
  const { client, reporter } = deps.destination;
  const number = filing.report_number as ReportNumber;
  switch (next.act) {
    case 'submit': {
      const answer = await client.submit(reportOf(filing, files, reporter));
      if (answer.kind === 'refused' && 'findings' in answer) return refusedBy(answer.reason.message);
      return understood(answer, (value) => ({ kind: 'opened', number: value }));
    }
    case 'upload': {
      const opened = await deps.vault.open(sha256Address(next.file.sha256.toString('hex')));
      if (opened.kind !== 'done') return refusedBy('the file is not in the vault');
      const { bytes: stream, size } = opened.value;
      const file = { name: writableText(next.file.name), stream, size };
      const answer = await client.upload({ reportId: number, file, md5: next.file.md5.toString('hex') });
      if (answer.kind === 'failed' && 'sentMd5' in answer) {
        const { code, message } = answer.reason;
        return { meaning: { kind: 'spoiled', why: `${code}: ${message}` }, said: { kind: 'spoiled', code } };
      }
      return understood(answer, (value) => ({ kind: 'uploaded', file: next.file, fileId: value.fileId }));
    }
    case 'fileinfo': {
      const viewed = await wasViewed(deps.db, next.file.sha256);
      const answer = await client.fileinfo(fileDetailsOf(filing, next.file, viewed));
      if (answer.kind === 'refused' && 'findings' in answer) return refusedBy(answer.reason.message);
      return understood(answer, () => ({ kind: 'described', file: next.file }));
    }
    case 'finish':
      return understood(await client.finish(number), () => ({ kind: 'finished' }));
    case 'retract':
      return understood(await client.retract(number), () => ({ kind: 'gone' }));
  }
};

const understood = <T>(answer: Answered<T>, done: (value: T) => Meaning): Performed => {
  switch (answer.kind) {
    case 'done':
      return { meaning: done(answer.value), said: { kind: 'done', ...traceOf(answer) } };
    case 'failed': {
      const kind = answer.effect === 'none' ? 'not-done' : 'unknown';
      const why = `${answer.reason.code}: ${answer.reason.message}`;
      return { meaning: { kind, why }, said: { kind: 'failed', code: answer.reason.code, effect: answer.effect } };
    }
    case 'refused': {
      const said = { kind: 'refused', code: answer.reason.code, number: answer.responseCode, ...traceOf(answer) };
      return { meaning: meaningOfRefusal(answer.reason.code, answer.reason.message), said };
    }
  }
};

const meaningOfRefusal = (code: string, message: string): Meaning => {
  switch (code) {
    case 'report-unknown':
    case 'report-retracted':
      return { kind: 'gone' };
    case 'report-finished':
      return { kind: 'finished' };
    case 'authentication-required':
      return { kind: 'not-done', why: `${code}: ${message}` };
    case 'server-error':
    case 'save-failed':
      return { kind: 'unknown', why: `${code}: ${message}` };
    default:
      return { kind: 'refused', why: `${code}: ${message}` };
  }
};

const refusedBy = (why: string): Performed => ({
  meaning: { kind: 'refused', why },
  said: { kind: 'refused', code: 'unfit' },
});

const traceOf = (answer: { readonly httpStatus: number; readonly requestId?: string }): JsonObject => ({
  httpStatus: answer.httpStatus,
  ...(answer.requestId === undefined ? {} : { requestId: answer.requestId }),
});
