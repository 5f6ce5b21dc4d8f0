import { toInstant, type UtcInstant } from '@tutela/core';
import { writeFileDetails } from '../documents.js';
import { type Finding, findingLine } from '../finding.js';
import { batchedFileRules, batchedReportRules, batchRules } from '../rules/batched-rules.js';
import { findingsOf } from '../rules/rule.js';
import type { FileDetails, Report } from '../schema/documents.js';
import type { FileId, ReportNumber } from '../schema/values.js';
import { type Answer, coded } from './answer.js';
import type { Received } from './report-store.js';

/** Life of a report (protocols.md §1.4). Only `open` ever changes. */
export type ReportState =
  | {
      readonly kind: 'open';
      readonly openedAt: UtcInstant;
      /** Of the last upload or file details; absent before the first. */
      readonly lastAddedAt?: UtcInstant;
    }
  | { readonly kind: 'finished' | 'retracted' | 'expired'; readonly at: UtcInstant };

/** A file of a report, as far as a decision needs it. */
export interface HeldFile {
  readonly fileId: FileId;
  readonly details?: FileDetails;
}

/** What a request asks of a report, with the facts the decision needs. */
export type Act =
  | { readonly kind: 'upload'; readonly fileId: FileId; readonly name: string; readonly received: Received }
  | {
      readonly kind: 'fileinfo';
      readonly details: FileDetails;
      /** The document as it came. */
      readonly document: Uint8Array;
      readonly file: HeldFile | undefined;
    }
  | { readonly kind: 'finish'; readonly report: Report; readonly files: readonly HeldFile[] }
  | { readonly kind: 'retract' };

/** A change to be stored together with its ledger event. */
export type Effect =
  | {
      readonly kind: 'add-file';
      readonly fileId: FileId;
      readonly name: string;
      readonly received: Received;
      readonly at: UtcInstant;
    }
  | {
      readonly kind: 'describe-file';
      readonly details: FileDetails;
      readonly document: Uint8Array;
      readonly at: UtcInstant;
    }
  | { readonly kind: 'finish'; readonly files: readonly FileId[]; readonly at: UtcInstant }
  | { readonly kind: 'retract' | 'expire'; readonly at: UtcInstant };

export interface Decision {
  readonly effect?: Effect;
  readonly answer: Answer;
}

const hour = 3_600_000;

/** An unfinished report ends 24 h after it was opened or 1 h after the last addition, whichever is later [§1.4]. */
export const expiryOf = ({ openedAt, lastAddedAt }: Extract<ReportState, { kind: 'open' }>): UtcInstant => {
  const fromOpening = Date.parse(openedAt) + 24 * hour;
  const fromAddition = lastAddedAt === undefined ? 0 : Date.parse(lastAddedAt) + hour;
  return toInstant(new Date(Math.max(fromOpening, fromAddition)));
};

const endedCodes = { finished: 'report-finished', retracted: 'report-retracted', expired: 'report-unknown' } as const;

/** The answer to whoever asks something of a report that is not open; `undefined` when it is open. */
export const refusalOf = (
  state: ReportState | undefined,
  reportId: ReportNumber,
  now: UtcInstant,
): Answer | undefined => {
  if (state?.kind === 'open') return now >= expiryOf(state) ? coded('report-unknown', { reportId }) : undefined;
  return coded(endedCodes[state?.kind ?? 'expired'], { reportId });
};

/**
 * What a request does to a report and what it is told. Pure: `state` is `undefined` for a report that does not exist
 * or belongs to somebody else, which are told apart by nothing.
 */
export const decide = (state: ReportState | undefined, reportId: ReportNumber, act: Act, now: UtcInstant): Decision => {
  const refusal = refusalOf(state, reportId, now);
  if (refusal !== undefined) {
    return state?.kind === 'open' ? { effect: { kind: 'expire', at: now }, answer: refusal } : { answer: refusal };
  }
  switch (act.kind) {
    case 'upload': {
      const { fileId, name, received } = act;
      const answer = coded('success', { reportId, fileId, hash: received.md5 });
      return { effect: { kind: 'add-file', fileId, name, received, at: now }, answer };
    }
    case 'fileinfo':
      return describe(reportId, act, now);
    case 'finish':
      return finish(reportId, act, now);
    case 'retract':
      return { effect: { kind: 'retract', at: now }, answer: coded('success', { reportId }) };
  }
};

const describe = (
  reportId: ReportNumber,
  { file, details, document }: Extract<Act, { kind: 'fileinfo' }>,
  now: UtcInstant,
): Decision => {
  if (file === undefined) return { answer: coded('file-unknown', { reportId }) };
  const answer = coded('success', { reportId, fileId: file.fileId });
  if (file.details === undefined) return { effect: { kind: 'describe-file', details, document, at: now }, answer };
  // The same details again are a request repeated after a lost answer; others would overwrite what was said.
  return writeFileDetails(file.details) === writeFileDetails(details)
    ? { answer }
    : { answer: coded('update-failed', { reportId, reason: 'the file has been described already' }) };
};

const finish = (
  reportId: ReportNumber,
  { report, files }: Extract<Act, { kind: 'finish' }>,
  now: UtcInstant,
): Decision => {
  const findings = report.batchedReport === undefined ? [] : batchFindings(report, files);
  if (findings.length > 0) {
    return { answer: coded('validation-failed', { reportId, reason: findings.map(findingLine).join('\n') }) };
  }
  const ids = files.map(({ fileId }) => fileId);
  return {
    effect: { kind: 'finish', files: ids, at: now },
    answer: { kind: 'report-done', code: 'success', reportId, files: ids },
  };
};

const batchFindings = (report: Report, files: readonly HeldFile[]): readonly Finding[] => [
  ...findingsOf(batchedReportRules, report),
  ...findingsOf(
    batchRules,
    files.map(({ details }) => details),
  ),
  ...files.flatMap(({ details }) => (details === undefined ? [] : findingsOf(batchedFileRules, details))),
];

/** What the timer does to a report that nobody asks about. */
export const decideExpiry = (state: ReportState, now: UtcInstant): Effect | undefined =>
  state.kind === 'open' && now >= expiryOf(state) ? { kind: 'expire', at: now } : undefined;
