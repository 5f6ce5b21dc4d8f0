import { isIP } from 'node:net';
import { done, type Outcome, refused } from '@tutela/core';
import { Reader } from 'mmdb-lib';
import type { RangeData } from './range-data.js';

/** Ends the data of every MaxMind DB file, before its description (MaxMind DB format 2.0, "Database Metadata"). */
const metadataStart = Buffer.from('abcdef4d61784d696e642e636f6d', 'hex');

export const isMmdb = (bytes: Buffer): boolean => bytes.includes(metadataStart);

/** What country databases of several makers have in common. */
interface CountryRecord {
  readonly country?: { readonly iso_code?: string } | string;
  readonly country_code?: string;
}

/**
 * Countries of addresses from a MaxMind DB file of any maker that has `country.iso_code`, `country` or `country_code`.
 * The day is that of its making. Holders are in none.
 */
export const parseMmdb = (
  bytes: Buffer,
  fileName: string,
  sha256: string,
): Outcome<RangeData, 'unreadable' | 'undated'> => {
  try {
    const reader = new Reader<never>(bytes);
    const { databaseType, buildEpoch } = reader.metadata;
    if (!(Number(buildEpoch) > 0)) return refused('undated', `${fileName} does not say of which day it is`);
    return done({
      source: { name: databaseType || fileName, date: new Date(buildEpoch).toISOString().slice(0, 10), sha256 },
      countryOf: (address) => (isIP(address) === 0 ? undefined : countryIn(reader.get(address))),
      holderOf: () => undefined,
    });
  } catch (error) {
    return refused('unreadable', `${fileName} is a damaged MaxMind DB file: ${(error as Error).message}`);
  }
};

const countryIn = (record: CountryRecord | null): string | undefined => {
  const code =
    typeof record?.country === 'object' ? record.country.iso_code : (record?.country ?? record?.country_code);
  return code !== undefined && /^[A-Z]{2}$/.test(code) ? code : undefined;
};
