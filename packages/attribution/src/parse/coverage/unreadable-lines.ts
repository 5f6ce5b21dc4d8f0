import type { CoverageFact } from '../../record/coverage-fact.js';
import type { LogRecord } from '../../record/log-record.js';

/** Rejected lines since the last record, and each exporter's last moment. */
export interface UnreadableState {
  readonly lines: number;
  readonly lastAt: Readonly<Record<string, number>>;
}

export interface UnreadableLines {
  readonly rejected: (lines: number) => void;
  readonly recorded: (record: LogRecord) => void;
  readonly end: () => void;
  readonly state: () => UnreadableState;
}

/**
 * Says between which moments unreadable lines stood. Any exporter of the input may have written them, so each one's
 * log is in doubt there: from its last record before to its first one after.
 */
export const unreadableLines = (
  declared: string,
  emit: (fact: CoverageFact) => void,
  resumed: UnreadableState,
): UnreadableLines => {
  let pending = resumed.lines;
  const lastAt = new Map(Object.entries(resumed.lastAt));
  let lastRecord: LogRecord | undefined;

  const settle = (to: number): void => {
    if (pending === 0) return;
    if (lastAt.size === 0) lastAt.set(declared, 0);
    for (const [exporter, from] of lastAt) {
      emit({ kind: 'unreadable-lines', exporter, from: Math.min(from, to), to: Math.max(from, to), lines: pending });
    }
    pending = 0;
  };
  const remember = (): void => {
    if (lastRecord !== undefined) lastAt.set(lastRecord.exporter, lastRecord.tDevice);
    lastRecord = undefined;
  };
  return {
    rejected: (lines) => {
      remember();
      pending += lines;
    },
    recorded: (record) => {
      if (pending > 0) settle(record.tDevice);
      if (lastRecord !== undefined && lastRecord.exporter !== record.exporter) remember();
      lastRecord = record;
    },
    end: () => {
      remember();
      settle(Number.MAX_SAFE_INTEGER);
    },
    state: () => {
      remember();
      return { lines: pending, lastAt: Object.fromEntries(lastAt) };
    },
  };
};
