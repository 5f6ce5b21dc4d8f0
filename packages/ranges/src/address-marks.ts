import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { done, type Outcome, refused } from '@tutela/core';
import { type AddressRange, addressNumber, prefixRange } from './address.js';
import type { RangeSource } from './range-data.js';

/** What an address may be instead of somebody's own connection. */
export const addressMarks = ['tor', 'hosting', 'proxy'] as const;
export type AddressMark = (typeof addressMarks)[number];

export interface MarkedAddresses {
  readonly source: RangeSource;
  /** Every mark of the ranges that hold the address, in the order of `addressMarks`; none for what is no address. */
  readonly marksOf: (address: string) => readonly AddressMark[];
}

/**
 * Addresses of relays, hosting and proxies from an operator's file: lines `cidr,mark` or `address,mark`, a mark being `tor`,
 * `hosting` or `proxy`. `# name:` and `# date:` say what the list is; without a date it is refused, since such lists age
 * within days.
 */
export const readAddressMarks = async (file: string): Promise<Outcome<MarkedAddresses, 'unreadable' | 'undated'>> => {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) return refused('unreadable', `${file} cannot be read`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return parseAddressMarks(bytes.toString('utf8'), path.basename(file), sha256);
};

/** @param sha256 of the file's bytes, to be named with every answer */
export const parseAddressMarks = (
  text: string,
  fileName: string,
  sha256: string,
): Outcome<MarkedAddresses, 'unreadable' | 'undated'> => {
  const ranges = new Map<AddressMark, AddressRange[]>(addressMarks.map((mark) => [mark, []]));
  const said: Record<string, string> = {};
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const comment = /^#\s*(name|date):\s*(.+?)\s*$/.exec(line);
    if (comment?.[1] !== undefined && comment[2] !== undefined) said[comment[1]] = comment[2];
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [where = '', mark = ''] = line.split(',').map((part) => part.trim());
    const range = rangeOf(where);
    const own = ranges.get(mark as AddressMark);
    if (range === undefined || own === undefined) {
      return refused(
        'unreadable',
        `${fileName}, line ${at + 1} is no cidr,mark with a mark of ${addressMarks.join(', ')}`,
      );
    }
    own.push(range);
  }
  const { name = fileName, date } = said;
  if (date === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(date)) {
    return refused('undated', `${fileName} does not say of which day it is`);
  }
  const lists = [...ranges].map(([mark, own]) => ({ mark, holds: holderOf(own) }));
  return done({
    source: { name, date, sha256 },
    marksOf: (address) => {
      const number = addressNumber(address);
      return number === undefined ? [] : lists.flatMap(({ mark, holds }) => (holds(number) === 'held' ? [mark] : []));
    },
  });
};

const rangeOf = (where: string): AddressRange | undefined => {
  if (where.includes('/')) return prefixRange(where);
  const number = addressNumber(where);
  return number === undefined ? undefined : { first: number, last: number };
};

/** Whether any of the ranges holds an address; overlapping and touching ones become one first. */
const holderOf = (ranges: readonly AddressRange[]): ((number: bigint) => 'held' | 'not-held') => {
  const merged: { first: bigint; last: bigint }[] = [];
  for (const { first, last } of ranges.toSorted((a, b) => (a.first < b.first ? -1 : Number(a.first > b.first)))) {
    const before = merged.at(-1);
    if (before === undefined || first > before.last + 1n) merged.push({ first, last });
    else if (last > before.last) before.last = last;
  }
  return (number) => {
    let [low, high] = [0, merged.length - 1];
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const range = merged[middle];
      if (range === undefined) return 'not-held';
      if (number < range.first) high = middle - 1;
      else if (number > range.last) low = middle + 1;
      else return 'held';
    }
    return 'not-held';
  };
};
