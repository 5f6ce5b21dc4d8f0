import { createHash } from 'node:crypto';
import { done, type Outcome, refused } from '@tutela/core';
import { parse } from 'csv-parse/sync';
import { type AuthorityRow, authorityColumns, readAuthority } from './authority.js';

/** A row that was not taken, by its name in the file and by its place in it, from 1. */
export interface RefusedRow {
  readonly row: number;
  readonly authorityId: string;
  readonly message: string;
}

export interface ReadRegistry {
  readonly sha256: string;
  readonly authorities: readonly AuthorityRow[];
  readonly refused: readonly RefusedRow[];
}

/** An installation of the size of Interpol has a few thousand. */
const mostRows = 10_000;

/**
 * Reads a registry: CSV with a heading line, or a JSON array of objects with the same members. A bad row is refused by
 * name and the rest is read; of two rows with one id the second is bad.
 */
export const readRegistry = (text: string): Outcome<ReadRegistry, 'unreadable-registry'> => {
  const rows = text.trimStart().startsWith('[') ? jsonRows(text) : csvRows(text);
  if (rows.kind !== 'done') return rows;
  if (rows.value.length > mostRows) return refused('unreadable-registry', `a registry has at most ${mostRows} rows`);
  const sha256 = createHash('sha256').update(text).digest('hex');
  const authorities = new Map<string, AuthorityRow>();
  const bad: RefusedRow[] = [];
  for (const [at, row] of rows.value.entries()) {
    const read = readAuthority(row);
    if (read.kind !== 'done') bad.push({ row: at + 1, authorityId: nameOf(row), message: read.reason.message });
    else if (authorities.has(read.value.authority_id)) {
      bad.push({ row: at + 1, authorityId: nameOf(row), message: 'authority_id is that of an earlier row' });
    } else authorities.set(read.value.authority_id, read.value);
  }
  return done({ sha256, authorities: [...authorities.values()], refused: bad });
};

const nameOf = (row: unknown): string => {
  const id = typeof row === 'object' && row !== null ? (row as { readonly authority_id?: unknown }).authority_id : '';
  return typeof id === 'string' && id !== '' ? id.slice(0, 100) : '(without id)';
};

const csvRows = (text: string): Outcome<readonly unknown[], 'unreadable-registry'> => {
  try {
    const rows: unknown[] = parse(text, { columns: true, bom: true, skip_empty_lines: true, relax_column_count: true });
    const missing = authorityColumns.filter((name) => rows.length > 0 && !(name in (rows[0] as object)));
    if (missing.length === 0) return done(rows);
    return refused('unreadable-registry', `the heading lacks ${missing.join(', ')}`);
  } catch (error) {
    return refused('unreadable-registry', `it is no CSV: ${(error as Error).message}`);
  }
};

/** Lists may be arrays; they are read as the CSV has them. */
const jsonRows = (text: string): Outcome<readonly unknown[], 'unreadable-registry'> => {
  try {
    const rows = JSON.parse(text) as readonly unknown[];
    return done(rows.map(joined));
  } catch (error) {
    return refused('unreadable-registry', `it is no JSON: ${(error as Error).message}`);
  }
};

const joined = (row: unknown): unknown =>
  typeof row !== 'object' || row === null
    ? row
    : Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, Array.isArray(value) ? value.join(';') : value]),
      );
