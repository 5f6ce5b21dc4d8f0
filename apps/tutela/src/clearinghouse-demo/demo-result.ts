import { countriesWithoutAuthority } from '@tutela/clearinghouse-desk';
import type { LedgerReport } from '@tutela/ledger/postgres';
import type { CountryRow } from './country-table.js';

/** What a made world of reports came to, beside what its maker knows. */
export interface ClearinghouseDemoResult {
  readonly reports: number;
  /** Of the reports, those that point at two countries. */
  readonly pointingAtTwo: number;
  readonly countries: readonly CountryRow[];
  /** Countries of reports for which the registry names nobody, sorted. */
  readonly withoutAuthority: readonly string[];
  readonly bundles: Readonly<Record<'file' | 'picture' | 'account' | 'incident', number>>;
  /** Bundles that were forwarded as one. */
  readonly forwarded: number;
  readonly killed: number;
  /** Begun again, since the node that had them was gone. */
  readonly filedAgain: number;
  /** Reports that a killed node left open; they expire and go nowhere. */
  readonly leftOpen: number;
  /** Twice in the clearinghouse. */
  readonly doubled: readonly string[];
  readonly differences: readonly string[];
  /** Of everything that became of everything: the same for a run in which nodes were killed. */
  readonly resultSha256: string;
  readonly expectedSha256: string;
  readonly ledger: LedgerReport;
  readonly seconds: Readonly<Record<string, number>>;
  /** From the first report's first byte until all were judged and routed. */
  readonly reportsPerSecond: number;
}

const shown = 20;

/** What did not come as it had to; empty when all did. */
export const surprisesOf = (result: ClearinghouseDemoResult): readonly string[] => {
  const pairs = result.countries.reduce((sum, { reports }) => sum + reports, 0);
  const isWhole = pairs === result.reports + result.pointingAtTwo;
  return [
    ...result.doubled.slice(0, shown).map((key) => `${key} is there twice`),
    ...result.differences.slice(0, shown),
    ...(result.differences.length > shown ? [`and ${result.differences.length - shown} more`] : []),
    ...result.withoutAuthority
      .filter((country) => !countriesWithoutAuthority.some((one) => one === country))
      .map((country) => `the registry names nobody for ${country}`),
    ...(isWhole ? [] : [`the table holds ${pairs} rows of ${result.reports} reports`]),
    ...(result.resultSha256 === result.expectedSha256 ? [] : ['the result is not the expected one']),
    ...(result.ledger.verdict === 'intact' ? [] : ['the ledger is at fault']),
  ];
};
