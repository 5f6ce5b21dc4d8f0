import type { Branded, UtcInstant } from '@tutela/core';
import type { Report } from '../schema/documents.js';
import type { FileId, ReportNumber } from '../schema/values.js';
import type { Effect, HeldFile, ReportState } from './state.js';

/** Whoever may file: an electronic service provider with credentials here. */
export type ReporterId = Branded<string, 'ReporterId'>;
export interface Reporter {
  readonly id: ReporterId;
  readonly username: string;
}

/** Bytes of a file that lie safely, before any report holds them. */
export interface Received {
  /** 64 and 32 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly md5: string;
  /** Bytes. */
  readonly size: number;
}

export interface Opening {
  readonly reporter: Reporter;
  readonly report: Report;
  /** The document as it came. */
  readonly document: Uint8Array;
  readonly at: UtcInstant;
}

/** A report held for the length of one transaction, so that no other request changes it in between. */
export interface HeldReport {
  /** `undefined`: it does not exist, or belongs to another reporter. */
  readonly state: ReportState | undefined;
  readonly report: () => Promise<Report>;
  readonly file: (fileId: FileId) => Promise<HeldFile | undefined>;
  /** In the order of upload. */
  readonly files: () => Promise<readonly HeldFile[]>;
  /** Stores the change and its ledger event. */
  readonly apply: (effect: Effect) => Promise<void>;
}

/** Where a server keeps its reports. */
export interface ReportStore {
  readonly authenticate: (username: string, password: string) => Promise<Reporter | undefined>;
  readonly open: (opening: Opening) => Promise<ReportNumber>;
  /** Those of the numbers that no finished or open report has. */
  readonly missing: (numbers: readonly ReportNumber[]) => Promise<readonly ReportNumber[]>;
  /** Keeps bytes as they stream by; rejects when the stream breaks off. */
  readonly receive: (bytes: AsyncIterable<Uint8Array>) => Promise<Received>;
  /** One transaction around `act`; whatever `act` applied is stored when it resolves, nothing when it rejects. */
  readonly change: <Result>(
    reporter: Reporter,
    reportId: ReportNumber,
    act: (held: HeldReport) => Promise<Result>,
  ) => Promise<Result>;
}
