import { type Clock, done, type Failed, failed, refused, systemClock } from '@tutela/core';
import { type CheckOptions, checkFileDetails, checkReport, writeFileDetails, writeReport } from '../documents.js';
import type { Finding, Findings } from '../finding.js';
import type { OperatorSchema } from '../operator-schema.js';
import type { FileDetails, Report } from '../schema/documents.js';
import type { SchemaVersion } from '../schema/notation.js';
import type { FileId, ReportNumber } from '../schema/values.js';
import { checkedBaseUrl, type Environment } from './base-url.js';
import { type FileSource, fileBody, idBody, xmlBody } from './bodies.js';
import { type Answered, answered, type Unanswered, type Unfit } from './result.js';
import type { ServiceAnswer } from './service-answer.js';
import { type Body, exchange } from './transport.js';

export interface ClientOptions<E extends Environment> {
  /** With the path, e.g. `ncmecBaseUrls.test` or `http://127.0.0.1:8080/ispws`; plain http only to loopback. */
  readonly baseUrl: string;
  readonly environment: E;
  readonly username: string;
  readonly password: string;
  /** Longest silence of the connection, and longest time from a request's end to its answer's; ms, default 60 000. */
  readonly timeoutMs?: number;
  /** Edition of the schema the receiver knows; default the newest. */
  readonly version?: SchemaVersion;
  /** What "in the past" is measured against when a document is checked; default the system's clock. */
  readonly clock?: Clock;
  /** The operator's own copy of the official schema: what it finds fault with is not sent. */
  readonly xsd?: OperatorSchema;
}

export interface Upload {
  readonly reportId: ReportNumber;
  readonly file: FileSource;
  /** MD5 of the file's bytes, 32 hexadecimal digits, as it was fingerprinted. */
  readonly md5: string;
}
export interface Uploaded {
  readonly fileId: FileId;
  /** MD5 of the bytes the server received: equal to the one given, in lower case. */
  readonly md5: string;
}
/**
 * `md5-mismatch`: the server received other bytes than were sent; upload again under the same report.
 * `file-changed`: the bytes sent are not those that were fingerprinted; the server holds a file that must not be
 * reported: retract the report.
 */
export interface Spoiled extends Failed<'md5-mismatch' | 'file-changed'> {
  readonly fileId: FileId;
  readonly sentMd5: string;
  readonly receivedMd5: string;
}

/**
 * A CyberTipline client (protocols.md §1). Each method is one request: nothing is retried inside, so that a durable
 * workflow knows what happened. Every result is a closed union over `kind`:
 * `done` (code 0), `refused` (a code from the service, by name in `reason.code`, or `unfit`: our own check, nothing
 * sent), `failed` (no usable answer; `effect` says whether it may have been carried out).
 */
export interface CybertipClient<E extends Environment = Environment> {
  readonly environment: E;
  /** `GET /status`: the credentials work. Value: the service's own sentence. */
  readonly status: () => Promise<Answered<string>>;
  /** `POST /submit` opens a report. Value: its number. A report with findings of either layer is `unfit`. */
  readonly submit: (report: Report) => Promise<Answered<ReportNumber> | Unfit>;
  /** `POST /upload`, streamed. Value: the file's identifier and MD5 as received, already compared. */
  readonly upload: (upload: Upload) => Promise<Answered<Uploaded> | Spoiled>;
  /** `POST /fileinfo`, once per file. Value: the report's number. */
  readonly fileinfo: (details: FileDetails) => Promise<Answered<ReportNumber> | Unfit>;
  /** `POST /finish` closes the report for good. Value: its files as the service has them. */
  readonly finish: (reportId: ReportNumber) => Promise<Answered<readonly FileId[]>>;
  /**
   * `POST /retract`, which is also the only probe after a lost answer (§1.4): `done` it was open and is now
   * retracted; refused `report-finished` it had been finished, do not file again; `report-unknown` gone;
   * `report-retracted` it had been retracted before.
   */
  readonly retract: (reportId: ReportNumber) => Promise<Answered<ReportNumber>>;
}

/** @throws CybertipError for an unusable base address; see `checkedBaseUrl`. */
export const createCybertipClient = <const E extends Environment>(options: ClientOptions<E>): CybertipClient<E> => {
  const base = checkedBaseUrl(options.baseUrl);
  const { environment, clock = systemClock, timeoutMs = 60_000, version, xsd } = options;
  const authorization = `Basic ${Buffer.from(`${options.username}:${options.password}`, 'utf8').toString('base64')}`;
  const checks = (): CheckOptions => ({ now: clock.now(), ...(version === undefined ? {} : { version }) });

  /** With the findings of the operator's schema, if there is one. */
  const checked = async (findings: Findings, document: () => string): Promise<Findings> =>
    xsd === undefined || isUnfit(findings)
      ? findings
      : { ...findings, operatorXsd: await xsd.check(Buffer.from(document(), 'utf8')) };

  const call = async (method: 'GET' | 'POST', path: string, body?: Body): Promise<Answered<ServiceAnswer>> => {
    const url = new URL(base);
    url.pathname = `${base.pathname}/${path}`;
    return answered(await exchange(method, url, body, { authorization, timeoutMs }));
  };

  return {
    environment,
    status: async () => told(await call('GET', 'status'), (answer) => answer.responseDescription ?? ''),
    submit: async (report) => {
      const findings = await checked(checkReport(report, checks()), () => writeReport(report));
      if (isUnfit(findings)) return unfit(findings);
      return told(await call('POST', 'submit', xmlBody(writeReport(report))), (answer) => answer.reportId);
    },
    upload: async ({ reportId, file, md5 }) => {
      const { body, sentMd5 } = await fileBody(reportId, file);
      return compared(await call('POST', 'upload', body), md5.toLowerCase(), sentMd5);
    },
    fileinfo: async (details) => {
      const findings = await checked(checkFileDetails(details, checks()), () => writeFileDetails(details));
      if (isUnfit(findings)) return unfit(findings);
      const answer = await call('POST', 'fileinfo', xmlBody(writeFileDetails(details)));
      return told(answer, ({ reportId }) => reportId ?? details.reportId);
    },
    finish: async (reportId) => told(await call('POST', 'finish', idBody(reportId)), (answer) => answer.files),
    retract: async (reportId) =>
      told(await call('POST', 'retract', idBody(reportId)), (answer) => answer.reportId ?? reportId),
  };
};

const allOf = ({ schema, rules, operatorXsd = [] }: Findings): readonly Finding[] => [
  ...schema,
  ...rules,
  ...operatorXsd,
];
const isUnfit = (findings: Findings): boolean => allOf(findings).length > 0;
const unfit = (findings: Findings): Unfit => ({
  ...refused(
    'unfit',
    allOf(findings)
      .map((it) => `${it.path}: ${it.message}`)
      .join('; '),
  ),
  findings,
});

/** Success with what it has to hold; an answer without it cannot be relied on. */
const told = <Value>(
  answer: Answered<ServiceAnswer>,
  pick: (answer: ServiceAnswer) => Value | undefined,
): Answered<Value> => {
  if (answer.kind !== 'done') return answer;
  const value = pick(answer.value);
  return value === undefined ? incomplete() : { ...answer, value };
};

const incomplete = (): Unanswered => ({
  ...failed('unreadable-answer', 'the answer reports success but lacks what it should hold'),
  effect: 'unknown',
});

const compared = (
  answer: Answered<ServiceAnswer>,
  expected: string,
  sentMd5: () => string,
): Answered<Uploaded> | Spoiled => {
  if (answer.kind !== 'done') return answer;
  const { value, ...rest } = answer;
  if (value.hash === undefined || value.fileId === undefined) return incomplete();
  const [sent, received] = [sentMd5(), value.hash];
  const spoiled = { fileId: value.fileId, sentMd5: sent, receivedMd5: received };
  if (received !== sent) return { ...failed('md5-mismatch', 'other bytes arrived than were sent'), ...spoiled };
  if (sent !== expected) return { ...failed('file-changed', 'the bytes are not those fingerprinted'), ...spoiled };
  return { ...rest, ...done({ fileId: value.fileId, md5: received }) };
};
