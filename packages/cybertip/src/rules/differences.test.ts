import { readFileSync } from 'node:fs';
import type { UtcInstant } from '@tutela/core';
import { describe, expect, test } from 'vitest';
import { readServiceAnswer } from '../client/service-answer.js';
import { readFileDetails, readReport } from '../documents.js';
import type { Mode } from '../schema/notation.js';

interface Row {
  readonly row: number;
  readonly what: string;
  readonly document: 'report' | 'fileDetails' | 'reportResponse';
  readonly xml: string;
  /** `valid`, or the rule that refuses. */
  readonly strictXsd: string;
  readonly docs: string;
  readonly path?: string;
}
const { rows } = JSON.parse(readFileSync(new URL('../../vectors/differences.json', import.meta.url), 'utf8')) as {
  readonly rows: readonly Row[];
};
const now = '2026-04-01T00:00:00.000Z' as UtcInstant;

const verdict = ({ document, xml }: Row, mode: Mode): { readonly rule: string; readonly path?: string } => {
  const bytes = new TextEncoder().encode(xml);
  if (document === 'reportResponse') return { rule: readServiceAnswer(bytes, undefined) ? 'valid' : 'unreadable' };
  const reading = (document === 'report' ? readReport : readFileDetails)(bytes, { mode, now });
  if (reading.kind !== 'invalid') return { rule: reading.kind };
  const [first] = [...reading.findings.schema, ...reading.findings.rules];
  return { rule: first?.rule ?? 'none', ...(first && { path: first.path }) };
};

test('all 14 rows of §1.9 are there', () => {
  expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 14 }, (_, at) => at + 1));
});

describe.each(rows)('row $row, $what,', (row) => {
  test.each([
    ['strict-xsd', row.strictXsd],
    ['docs', row.docs],
  ] as const)('in mode %s is judged %s', (mode, expected) => {
    const { rule, path } = verdict(row, mode);
    expect(rule).toBe(expected);
    if (expected !== 'valid' && row.path !== undefined) expect(path).toBe(row.path);
  });
});

test('both layers are reported apart, and in mode strict-xsd only the schema refuses', () => {
  const row = rows.find((it) => it.row === 6);
  const reading = readReport(new TextEncoder().encode(row?.xml), { mode: 'strict-xsd', now });
  expect(reading).toMatchObject({
    kind: 'valid',
    findings: { schema: [], rules: [{ layer: 'rules', rule: 'report.reporter-email' }] },
  });
});
