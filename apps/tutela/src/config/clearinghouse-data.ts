import { fileURLToPath } from 'node:url';
import {
  documentationRanges,
  type MarkedAddresses,
  type RangeData,
  readAddressMarks,
  readRangeData,
  readTriagePolicy,
  type VersionedPolicy,
} from '@tutela/clearinghouse-desk';
import { TutelaError } from '../tutela-error.js';
import type { Config } from './config.js';

/** What an operator brings for the clearinghouse to judge by. */
export interface ClearinghouseData {
  readonly ranges: readonly [RangeData, ...RangeData[]];
  readonly marks?: MarkedAddresses;
  readonly triagePolicy?: VersionedPolicy;
}

const rangeAdvice =
  'TUTELA_RANGES names files of lines cidr,country, delegated statistics of a registry (RIR), or MaxMind DB files.';
const marksAdvice =
  'TUTELA_ADDRESS_MARKS names a file of lines cidr,mark: tor, hosting or proxy; `# date:` says its day.';
const policyAdvice = 'TUTELA_TRIAGE_POLICY names a file in the form of desks/clearinghouse/data/triage-policy.json.';

/** @throws TutelaError `usage` for a file that is missing or malformed */
export const readClearinghouseData = async ({
  ranges,
  addressMarks,
  triagePolicy,
}: Pick<Config, 'ranges' | 'addressMarks' | 'triagePolicy'>): Promise<ClearinghouseData> => {
  // Until an operator brings range data, only the documentation addresses (RFC 5737, RFC 3849) name a country.
  const [first = fileURLToPath(documentationRanges), ...others] = ranges;
  const rest: RangeData[] = [];
  for (const file of others) rest.push(usable(await readRangeData(file), rangeAdvice));
  return {
    ranges: [usable(await readRangeData(first), rangeAdvice), ...rest],
    ...(addressMarks !== undefined && { marks: usable(await readAddressMarks(addressMarks), marksAdvice) }),
    ...(triagePolicy !== undefined && { triagePolicy: usable(readTriagePolicy(triagePolicy), policyAdvice) }),
  };
};

type Read<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: string; readonly reason: { readonly message: string } };

const usable = <T>(read: Read<T>, advice: string): T => {
  if ('value' in read) return read.value;
  throw new TutelaError('usage', read.reason.message, advice);
};
