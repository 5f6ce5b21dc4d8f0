import type { Finding, LedgerReport } from './report.js';

type Counts = LedgerReport['counts'];

/** Where the parts of a check put what they find; counts everything, keeps the first ones. */
export interface Collector {
  readonly find: (finding: Finding) => void;
  readonly count: (what: keyof Omit<Counts, 'findings'>, more: number) => void;
  readonly end: (size: bigint) => LedgerReport;
}

export const collect = (keep: number): Collector => {
  const counts = {
    leaves: 0,
    pending: 0,
    checkpoints: 0,
    cosignatures: 0,
    cosignaturesWithoutKey: 0,
    timestamps: 0,
    timestampsWithoutRoot: 0,
    sealed: 0,
    shredded: 0,
    rowsCompared: 0,
    findings: 0,
  };
  const findings: Finding[] = [];
  return {
    find: (finding) => {
      counts.findings++;
      if (findings.length < keep) findings.push(finding);
    },
    count: (what, more) => {
      counts[what] += more;
    },
    end: (size) => ({
      verdict: counts.findings === 0 ? 'intact' : 'at-fault',
      counts: { ...counts },
      size: String(size),
      findings: [...findings],
    }),
  };
};
