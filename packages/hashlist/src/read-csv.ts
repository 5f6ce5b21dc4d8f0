import { type Column, columnsOf } from './columns.js';
import { csvRecords } from './csv-records.js';
import type { Found } from './list-item.js';
import { bad, type Hex64, makeEntry } from './make-entry.js';
import { entryOfMembers } from './raw-members.js';
import { linesOf } from './text-source.js';

const longestLine = 256 * 1024;

/** CSV with a header that names at least one hash, or without: then each cell that looks like a hash is one. */
export async function* readCsv(chunks: AsyncIterable<string>, hex64: Hex64, delimiter: string): AsyncGenerator<Found> {
  let columns: readonly Column[] | 'none' | undefined;
  for await (const record of csvRecords(linesOf(chunks, longestLine), delimiter)) {
    if (record.kind === 'broken') {
      yield bad(record, 'malformed-line', 'not a line of CSV, or longer than 256 KiB');
      continue;
    }
    const { line, cells } = record;
    if (cells.every((cell) => cell.trim() === '') || isComment(cells)) continue;
    if (columns === undefined) {
      const header = columnsOf(cells);
      columns = header ?? 'none';
      if (header) continue;
    }
    yield columns === 'none' ? entryWithoutHeader(line, cells, hex64) : entryUnderHeader(line, cells, columns, hex64);
  }
}

const entryUnderHeader = (line: number, cells: readonly string[], columns: readonly Column[], hex64: Hex64): Found => {
  const text = cells.join(',');
  if (cells.length !== columns.length) {
    return bad({ line, text }, 'malformed-line', `${cells.length} cells under a header of ${columns.length}`);
  }
  const values = columns.map((column, at) => ({ column, text: cells[at] ?? '' }));
  return entryOfMembers({ line, text, values }, hex64);
};

const looksLikeHash = (cell: string) => /^\s*([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})\s*$/i.test(cell);

const isComment = (cells: readonly string[]) => cells[0]?.startsWith('#') === true && !cells.some(looksLikeHash);

const entryWithoutHeader = (line: number, cells: readonly string[], hex64: Hex64): Found => {
  const text = cells.join(',');
  const [first = '', second = ''] = cells;
  // "hash,quality,path" as the PDQ programs print it.
  const printedByPdq = first.trim().length === 64 && cells.length > 1 && /^\s*([0-9]{1,2}|100)\s*$/.test(second);
  const quality = printedByPdq ? second : undefined;
  const others = cells.filter((cell, at) => !looksLikeHash(cell) && !(printedByPdq && at === 1));
  const hashes = cells.filter(looksLikeHash).map((cell) => ({ kind: 'by-length' as const, text: cell }));
  if (hashes.length === 0)
    return bad({ line, text }, 'no-hash', 'no cell is a hash of 32, 40 or 64 hexadecimal digits');
  const labels = Object.fromEntries(others.flatMap((cell, at) => (cell === '' ? [] : [[`column ${at + 1}`, cell]])));
  return makeEntry({ line, hashes, quality, labels, text }, printedByPdq ? 'pdq' : hex64);
};

/** The separator that the first line uses most. */
export const delimiterOf = (beginning: string): string => {
  const line = beginning.split(/[\r\n]+/).find((each) => each !== '' && !each.startsWith('#')) ?? '';
  const count = (delimiter: string) => line.split(delimiter).length;
  return [',', ';', '\t', '|'].reduce((best, each) => (count(each) > count(best) ? each : best));
};
