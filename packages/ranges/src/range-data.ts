import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { done, type Outcome, refused } from '@tutela/core';
import { type AddressRange, addressNumber, prefixRange } from './address.js';
import { isMmdb, parseMmdb } from './mmdb.js';

/** Which data gave an answer, so that it can be asked again. */
export interface RangeSource {
  readonly name: string;
  /** Day of the data, `2026-01-01`. */
  readonly date: string;
  /** Of the whole file, 64 hexadecimal digits. */
  readonly sha256: string;
}

export interface RangeData {
  readonly source: RangeSource;
  /** ISO 3166 code; `undefined` when the data does not hold the address. The narrowest range decides. */
  readonly countryOf: (address: string) => string | undefined;
  /** The registry's opaque id of whoever holds the address; `undefined` where the data names none. */
  readonly holderOf: (address: string) => string | undefined;
}

interface CountryRange extends AddressRange {
  readonly country: string;
  readonly holder?: string;
}

/**
 * Address ranges by country from an operator's file: a MaxMind DB file, lines `cidr,country`, or a registry's delegated
 * statistics (`registry|cc|type|start|value|date|status`, the five registries' common format, extended or not). Lines with `#` are comments; one
 * `# name:` and one `# date:` may say what the data is, else the file's name and the registry's own date do.
 */
export const readRangeData = async (file: string): Promise<Outcome<RangeData, 'unreadable' | 'undated'>> => {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) return refused('unreadable', `${file} cannot be read`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (isMmdb(bytes)) return parseMmdb(bytes, path.basename(file), sha256);
  return parseRangeData(bytes.toString('utf8'), path.basename(file), sha256);
};

/** @param sha256 of the file's bytes, to be named with every answer */
export const parseRangeData = (
  text: string,
  fileName: string,
  sha256: string,
): Outcome<RangeData, 'unreadable' | 'undated'> => {
  const ranges: CountryRange[] = [];
  const said: Record<string, string> = {};
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const comment = /^#\s*(name|date):\s*(.+?)\s*$/.exec(line);
    if (comment?.[1] !== undefined && comment[2] !== undefined) said[comment[1]] = comment[2];
    if (line.trim() === '' || line.startsWith('#')) continue;
    const read = line.includes('|') ? readDelegated(line) : readPrefix(line);
    if (read === undefined) return refused('unreadable', `${fileName}, line ${at + 1} is neither of the two formats`);
    if (read.kind === 'header') said.date ??= read.date;
    if (read.kind === 'range') ranges.push(read.range);
  }
  const { name = fileName, date } = said;
  if (date === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(date)) {
    return refused('undated', `${fileName} does not say of which day it is`);
  }
  const find = lookUp(disjoint(ranges));
  return done({
    source: { name, date, sha256 },
    countryOf: (address) => find(address)?.country,
    holderOf: (address) => find(address)?.holder,
  });
};

type Line =
  | { readonly kind: 'range'; readonly range: CountryRange }
  | { readonly kind: 'header'; readonly date: string }
  | { readonly kind: 'other' };

const readPrefix = (line: string): Line | undefined => {
  const [prefix = '', country = ''] = line.split(',').map((part) => part.trim());
  const range = prefixRange(prefix);
  return range === undefined || !/^[A-Z]{2}$/.test(country)
    ? undefined
    : { kind: 'range', range: { ...range, country } };
};

const readDelegated = (line: string): Line | undefined => {
  const [first = '', country = '', type = '', start = '', value = '', date = '', , holder = ''] = line.split('|');
  const owner = { country, ...(holder !== '' && { holder }) };
  if (/^\d+(\.\d+)?$/.test(first)) return { kind: 'header', date: dashed(start.length === 8 ? start : type) };
  if (country === '*' || type === 'asn' || !/^[A-Z]{2}$/.test(country)) return { kind: 'other' };
  if (type === 'ipv6') return ranged(prefixRange(`${start}/${value}`), owner);
  const from = addressNumber(start);
  if (type !== 'ipv4' || from === undefined || !/^\d+$/.test(value) || date === undefined) return undefined;
  return ranged({ first: from, last: from + BigInt(value) - 1n }, owner);
};

const ranged = (range: AddressRange | undefined, owner: Omit<CountryRange, keyof AddressRange>): Line | undefined =>
  range === undefined ? undefined : { kind: 'range', range: { ...range, ...owner } };

const dashed = (day: string): string => day.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');

/** Nested ranges cut so that none overlaps: within a wider one, the narrower decides. */
const disjoint = (ranges: readonly CountryRange[]): readonly CountryRange[] => {
  const sorted = ranges.toSorted((a, b) => compare(a.first, b.first) || compare(b.last, a.last));
  const cut: CountryRange[] = [];
  const open: CountryRange[] = [];
  let next = 0n;
  const emit = (range: CountryRange, last: bigint): void => {
    if (next <= last) cut.push({ ...range, first: next, last });
    next = last + 1n;
  };
  for (const range of sorted) {
    closeBefore(open, range.first, emit);
    const outer = open.at(-1);
    if (outer !== undefined) emit(outer, range.first - 1n);
    next = range.first;
    open.push(range);
  }
  closeBefore(open, undefined, emit);
  return cut;
};

const closeBefore = (
  open: CountryRange[],
  first: bigint | undefined,
  emit: (range: CountryRange, last: bigint) => void,
): void => {
  for (let top = open.at(-1); top !== undefined && (first === undefined || top.last < first); top = open.at(-1)) {
    emit(top, top.last);
    open.pop();
  }
};

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : Number(a > b));

const lookUp =
  (ranges: readonly CountryRange[]) =>
  (address: string): CountryRange | undefined => {
    const number = addressNumber(address);
    if (number === undefined) return undefined;
    let [low, high] = [0, ranges.length - 1];
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const range = ranges[middle];
      if (range === undefined) return undefined;
      if (number < range.first) high = middle - 1;
      else if (number > range.last) low = middle + 1;
      else return range;
    }
    return undefined;
  };
