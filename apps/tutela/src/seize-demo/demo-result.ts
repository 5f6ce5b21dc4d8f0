import type {
  ArchiveKindRow,
  ImportCounts,
  KnownRun,
  NoticeCounts,
  RecoveryProgress,
  SeizureStatus,
  UsersByCountry,
} from '@tutela/investigator-desk';
import type { LedgerReport } from '@tutela/ledger/postgres';

/** What a demonstration of a seizure found, beside what its generator says is true. */
export interface SeizeDemoResult {
  readonly made: {
    readonly files: number;
    readonly bytes: number;
    readonly duplicates: number;
    readonly archives: number;
    readonly excludedFiles: number;
  };
  readonly seizure: SeizureStatus;
  readonly archives: readonly ArchiveKindRow[];
  readonly recovery: RecoveryProgress;
  /** Of the archives whose password the word list holds, inside the authority. */
  readonly listed: ListedArchives;
  /** Items of the customer whom no authority covers. */
  readonly excludedItems: number;
  readonly records: ImportCounts;
  readonly users: UsersByCountry;
  readonly known: KnownRun;
  readonly near: NearFindings;
  readonly notices: NoticeCounts;
  /** Decimal text by currency. */
  readonly revenue: Readonly<Record<string, string>>;
  /** Of the tables of results: the same for a run that was disturbed. */
  readonly resultSha256: string;
  readonly ledger: LedgerReport;
  readonly seconds: Readonly<Record<string, number>>;
}

/** Of files that show a listed picture in other bytes, made by the generator and inside the authority. */
export interface NearFindings {
  readonly found: number;
  /** As many there are in files that were read or unpacked; some edits of pictures this small end beyond the threshold. */
  readonly there: number;
  /** Files near an entry that they are no copy of: none, or the comparison is wrong. */
  readonly mistaken: number;
}

export interface ListedArchives {
  readonly opened: number;
  /** Left by the stop rule. */
  readonly left: number;
  /** Said to be exhausted though the list holds the password: none, or the search is wrong. */
  readonly missed: readonly string[];
}

/** What did not come as it had to; empty when all did. */
export const surprisesOf = ({ listed, near, excludedItems, ledger }: SeizeDemoResult): readonly string[] => [
  ...listed.missed.map((stem) => `${stem} counts as exhausted though the list holds its password`),
  ...(near.mistaken === 0 ? [] : [`${near.mistaken} near matches with pictures that they do not show`]),
  ...(excludedItems === 0 ? [] : [`${excludedItems} items of a customer whom no authority covers`]),
  ...(ledger.verdict === 'intact' ? [] : ['the ledger is at fault']),
];
