import { createHash } from 'node:crypto';
import { done, newId, type Outcome, refused } from '@tutela/core';
import type { Tx } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import type { By } from '../case/cases.js';
import { findRangeSource, insertRangeSource, upsertProvider } from './queries.js';
import { type RangeFile, readDelegated, readRangeTable, readRdapNetwork } from './range-files.js';
import type { ProviderTable, RangeSourceId, RangeSourceTable } from './schema.js';
import { providerColumns, rangeSourceColumns, written } from './tell.js';

const readers: Readonly<Record<RangeSourceTable['kind'], (text: string) => Outcome<RangeFile, 'ranges-unreadable'>>> = {
  table: readRangeTable,
  delegated: readDelegated,
  rdap: readRdapNetwork,
};

export interface RangesToImport {
  readonly kind: RangeSourceTable['kind'];
  readonly name: string;
  readonly text: string;
  /** Where the file itself does not say when it was made. */
  readonly published: string;
}

/**
 * Takes in a file that says whose addresses are whose, as the operator got it: its name, date and digest stay with it.
 * Nothing is fetched, and no suspect's address goes to a registry.
 */
export const importRanges = async (
  tx: Tx,
  { kind, name, text, published }: RangesToImport,
  { by, at }: By,
): Promise<Outcome<{ readonly ranges: number; readonly sha256: string }, 'ranges-unreadable' | 'imported-already'>> => {
  const read = readers[kind](text);
  if (read.kind !== 'done') return read;
  const sha256 = createHash('sha256').update(text).digest('hex');
  if ((await findRangeSource(tx, sha256)) === 'here') return refused('imported-already', `${name} is here already`);
  const source_id = newId<RangeSourceId>();
  const { ranges } = read.value;
  const source = { source_id, kind, name, sha256, ranges: ranges.length, imported_at: at, imported_by: by };
  await insertRangeSource(tx, { ...source, published: read.value.published || published }, ranges);
  await appendEvent(tx, {
    type: 'investigator.ranges-imported',
    actor: by,
    at,
    subjects: [`investigator/ranges/${source_id}`],
    payload: { kind, sha256, ranges: ranges.length },
    effects: [written('range_source', { source_id }, rangeSourceColumns)],
  });
  return done({ ranges: ranges.length, sha256 });
};

export type NewProvider = Omit<ProviderTable, 'noted_at' | 'noted_by'>;

/** Notes whom to ask and how, or changes it. An exchange is https, or on this machine. */
export const noteProvider = async (
  tx: Tx,
  provider: NewProvider,
  { by, at }: By,
): Promise<Outcome<NewProvider, 'malformed-provider'>> => {
  const fault = faultOf(provider);
  if (fault !== undefined) return refused('malformed-provider', fault);
  await upsertProvider(tx, { ...provider, noted_at: at, noted_by: by });
  await appendEvent(tx, {
    type: 'investigator.provider-noted',
    actor: by,
    at,
    subjects: [`investigator/provider/${provider.provider_id}`],
    payload: { name: provider.name },
    effects: [written('provider', { provider_id: provider.provider_id }, providerColumns)],
  });
  return done(provider);
};

const faultOf = ({ provider_id, name, exchange_url: url, email, answer_days, sharing }: NewProvider) => {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(provider_id)) return 'a provider has a short name of letters, digits and "-"';
  if (name.trim() === '') return 'a provider has a name';
  if (url !== null && !isExchange(url)) return 'an exchange is an https address, or one on this machine';
  if (url === null && email === null) return 'a provider without an exchange gets letters: where to?';
  if (!(answer_days >= 1 && answer_days <= 365)) return 'an answer is due within 1 to 365 days';
  return sharing !== null && sharing < 1 ? 'customers on an address are one or more' : undefined;
};

const isExchange = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const own = hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';
  return username === '' && password === '' && (protocol === 'https:' || (protocol === 'http:' && own));
};
