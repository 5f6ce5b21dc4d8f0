import type { Reason, UtcInstant } from '@tutela/core';
import { decode } from './codec/decode.js';
import { encode } from './codec/encode.js';
import { type Finding, type Findings, inLayers } from './finding.js';
import { batchedReportRules } from './rules/batched-rules.js';
import { fileRules } from './rules/file-rules.js';
import { reportRules } from './rules/report-rules.js';
import { findingsOf, type Rule } from './rules/rule.js';
import {
  type FileDetails,
  fileDetails,
  type Report,
  type ReportDoneResponse,
  type ReportResponse,
  report,
  reportDoneResponse,
  reportResponse,
} from './schema/documents.js';
import type { Element, Mode, SchemaVersion } from './schema/notation.js';
import type { ValueOf } from './schema/values.js';
import { parseXml, type XmlLimits, type XmlRefusal } from './xml/parse.js';
import { serialise } from './xml/serialise.js';
import type { XmlElement } from './xml/tree.js';

export interface CheckOptions {
  /** Edition of the schema; default the newest known. */
  readonly version?: SchemaVersion;
  /** Default `docs`: both spellings are read, and the rules refuse. */
  readonly mode?: Mode;
  /** What "in the past" is measured against. */
  readonly now: UtcInstant;
}
export interface ReadOptions extends CheckOptions {
  /** The HTTP header: its charset comes before the document's own declaration. */
  readonly contentType?: string;
  readonly limits?: XmlLimits;
}

/**
 * What became of received bytes. `valid` may carry findings of the `rules` layer in mode `strict-xsd`, where only the
 * schema refuses.
 */
export type Reading<Value> =
  | { readonly kind: 'valid'; readonly value: Value; readonly findings: Findings }
  | { readonly kind: 'invalid'; readonly findings: Findings }
  | { readonly kind: 'unreadable'; readonly reason: Reason<XmlRefusal> };

interface Document<E extends Element> {
  readonly element: E;
  readonly rules: readonly Rule<ValueOf<E['type']>>[];
}
const reports: Document<typeof report> = { element: report, rules: reportRules };
const files: Document<typeof fileDetails> = { element: fileDetails, rules: fileRules };

const defaults = { version: '2026-09', mode: 'docs' } as const;

const judge = <E extends Element>(document: Document<E>, tree: XmlElement, options: CheckOptions) => {
  const full = { ...defaults, ...options };
  const decoded = decode(document.element, tree, full);
  const ruled: readonly Finding[] = decoded.value === undefined ? [] : findingsOf(document.rules, decoded.value);
  return { value: decoded.value, findings: inLayers([...decoded.findings, ...ruled]), mode: full.mode };
};

const read = <E extends Element>(
  document: Document<E>,
  bytes: Uint8Array,
  options: ReadOptions,
): Reading<ValueOf<E['type']>> => {
  const parsed = parseXml(bytes, options);
  if (parsed.kind !== 'done') return { kind: 'unreadable', reason: parsed.reason };
  const { value, findings, mode } = judge(document, parsed.value, options);
  return value === undefined || (mode === 'docs' && findings.rules.length > 0)
    ? { kind: 'invalid', findings }
    : { kind: 'valid', value, findings };
};

/** Reads a `<report>`: encoding, XML, schema, rules. */
export const readReport = (bytes: Uint8Array, options: ReadOptions): Reading<Report> => read(reports, bytes, options);
/** Reads a `<fileDetails>`. */
export const readFileDetails = (bytes: Uint8Array, options: ReadOptions): Reading<FileDetails> =>
  read(files, bytes, options);

/**
 * Both layers' findings on a report before it is written; none means it may be filed. Rules for batched reports are
 * checked too, though a server refuses by them only at `/finish`.
 */
export const checkReport = (value: Report, options: CheckOptions): Findings => {
  const { schema, rules } = judge(reports, encode(report, value), options).findings;
  return {
    schema,
    rules: [...rules, ...(value.batchedReport === undefined ? [] : findingsOf(batchedReportRules, value))],
  };
};
export const checkFileDetails = (value: FileDetails, options: CheckOptions): Findings =>
  judge(files, encode(fileDetails, value), options).findings;

/**
 * The document as XML text for UTF-8: elements in the schema's order whatever the order of the members, no white space
 * between elements; the same value is always the same text.
 * @throws CybertipError for a member the schema does not know and for characters XML cannot carry (`writableText`).
 */
export const writeReport = (value: Report): string => serialise(encode(report, value));
export const writeFileDetails = (value: FileDetails): string => serialise(encode(fileDetails, value));
export const writeReportResponse = (value: ReportResponse): string => serialise(encode(reportResponse, value));
export const writeReportDoneResponse = (value: ReportDoneResponse): string =>
  serialise(encode(reportDoneResponse, value));
