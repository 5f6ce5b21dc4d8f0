import type { JsonObject, JsonValue } from '@tutela/core';
import { printable } from './printable.js';
import { formatTable } from './table.js';

/** Any document of records and lists of records as text: a heading for each part, lists as tables. */
export const formatStatus = (document: JsonObject): string => {
  const desks = Array.isArray(document.desks) ? document.desks.filter(isRecord) : [];
  const parts = desks.map(({ name, summary, problem }) =>
    part(typeof name === 'string' ? name : 'desk', isRecord(summary) ? summary : { problem: problem ?? null }),
  );
  return [...parts, part('ledger', isRecord(document.ledger) ? document.ledger : {})].join('\n');
};

const part = (heading: string, record: JsonObject): string => {
  const facts = Object.entries(record).filter(([, value]) => !Array.isArray(value));
  const lists = Object.entries(record).filter(([, value]) => Array.isArray(value) && value.length > 0);
  const lines = [heading.toUpperCase(), ...facts.map(([name, value]) => `  ${name}: ${told(value)}`)];
  return `${lines.join('\n')}\n${lists.map(([name, value]) => `\n  ${name}\n${indented(tableOf(value as readonly JsonValue[]))}`).join('')}`;
};

const tableOf = (values: readonly JsonValue[]): string => {
  const rows = values.map((value) => (isRecord(value) ? value : { value }));
  const names = [...new Set(rows.flatMap(Object.keys))];
  const columns = names.map((name) => ({
    heading: name,
    of: (row: JsonObject) => (typeof row[name] === 'number' ? row[name] : told(row[name] ?? null)),
  }));
  return formatTable(columns, rows);
};

const told = (value: JsonValue): string => {
  if (value === null || value === '') return '—';
  if (Array.isArray(value)) return value.map(told).join(', ') || '—';
  if (isRecord(value))
    return (
      Object.entries(value)
        .map(([name, item]) => `${name} ${told(item)}`)
        .join(', ') || '—'
    );
  if (typeof value === 'number') return value.toLocaleString('en');
  return printable(typeof value === 'string' ? value : JSON.stringify(value));
};

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');

const isRecord = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
