import { readScalar } from '../codec/lexical.js';
import { reportDoneResponse, reportResponse } from '../schema/documents.js';
import type { FileId, ReportNumber } from '../schema/values.js';
import { parseXml } from '../xml/parse.js';
import type { XmlElement } from '../xml/tree.js';

/** What a service said, from either answer document. Only the code is certain to be there. */
export interface ServiceAnswer {
  readonly responseCode: number;
  readonly responseDescription?: string;
  readonly reportId?: ReportNumber;
  readonly fileId?: FileId;
  readonly hash?: string;
  /** Files of a finished report; absent in the other answer. */
  readonly files?: readonly FileId[];
}

/**
 * Reads an answer by element names, whatever their order and whatever else stands there: servers differ and change,
 * and an answer that is not understood counts as lost. `undefined` when the body holds no response code.
 */
export const readServiceAnswer = (bytes: Uint8Array, contentType: string | undefined): ServiceAnswer | undefined => {
  const parsed = parseXml(bytes, contentType === undefined ? {} : { contentType });
  if (parsed.kind !== 'done') return undefined;
  const root = parsed.value;
  if (root.name !== reportResponse.name && root.name !== reportDoneResponse.name) return undefined;
  const code = textOf(root, 'responseCode')?.trim();
  if (code === undefined || !/^\d{1,9}$/.test(code)) return undefined;
  const files = root.children.find(({ name }) => name === 'files');
  return {
    responseCode: Number(code),
    ...present('responseDescription', textOf(root, 'responseDescription')),
    ...present('reportId', numberOf(root)),
    ...present('fileId', textOf(root, 'fileId')?.trim() as FileId | undefined),
    ...present('hash', textOf(root, 'hash')?.trim().toLowerCase()),
    ...(files === undefined ? {} : { files: files.children.map(({ text }) => text.trim() as FileId) }),
  };
};

const textOf = (root: XmlElement, name: string): string | undefined =>
  root.children.find((child) => child.name === name)?.text;

const numberOf = (root: XmlElement): ReportNumber | undefined => {
  const read = readScalar({ kind: 'reportNumber' }, textOf(root, 'reportId') ?? '');
  return read.kind === 'value' ? (String(read.value) as ReportNumber) : undefined;
};

const present = <Name extends string, Value>(name: Name, value: Value | undefined): { readonly [N in Name]?: Value } =>
  (value === undefined ? {} : { [name]: value }) as { readonly [N in Name]?: Value };
