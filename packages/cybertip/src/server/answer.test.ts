import type { UtcInstant } from '@tutela/core';
import { expect, test } from 'vitest';
import { decode } from '../codec/decode.js';
import { type ResponseCodeName, responseCodes } from '../response-code.js';
import { reportDoneResponse, reportResponse } from '../schema/documents.js';
import type { FileId, ReportNumber } from '../schema/values.js';
import { parseXml } from '../xml/parse.js';
import { type Answer, answerXml, coded, httpStatusOf } from './answer.js';

const codes = Object.keys(responseCodes) as ResponseCodeName[];
const reportId = '1001' as ReportNumber;
const strict = { mode: 'strict-xsd', version: '2025-11', now: '2026-01-01T00:00:00.000Z' as UtcInstant } as const;
const treeOf = (answer: Answer) => {
  const parsed = parseXml(new TextEncoder().encode(answerXml(answer)));
  if (parsed.kind !== 'done') throw new Error(parsed.reason.message);
  return parsed.value;
};

test.each(codes)('%s is a document of the schema, alone and as the end of a report', (code) => {
  const alone = decode(reportResponse, treeOf(coded(code, { reportId, reason: 'a\nreason' })), strict);
  expect(alone.findings).toEqual([]);
  expect(alone.value).toMatchObject({ responseCode: responseCodes[code], reportId });
  const files = code === 'success' ? ['f'.repeat(32) as FileId] : [];
  const done = decode(reportDoneResponse, treeOf({ kind: 'report-done', code, reportId, files }), strict);
  expect(done.findings).toEqual([]);
  expect(done.value?.responseCode).toBe(responseCodes[code]);
});

test.each([
  ['success', 200],
  ['server-error', 500],
  ['resource-not-found', 404],
  ['authentication-required', 401],
  ['no-authority-to-submit', 403],
  ['validation-failed', 400],
  ['report-finished', 400],
] as const)('%s has HTTP status %i in modern style, and 200 in legacy style', (code, status) => {
  expect(httpStatusOf(coded(code), 'modern')).toBe(status);
  expect(httpStatusOf(coded(code), 'legacy')).toBe(200);
});
