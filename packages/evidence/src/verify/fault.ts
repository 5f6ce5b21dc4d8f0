/** What can be wrong with a package, in the order of docs/package-format.md, "What verify checks". */
export const faultKinds = [
  'not-a-package',
  'unsafe-path',
  'file-missing',
  'file-added',
  'file-changed',
  'file-truncated',
  'file-extended',
  'file-renamed',
  'manifest-malformed',
  'manifests-disagree',
  'malformed',
  'contents-disagree',
  'event-missing',
  'event-order',
  'event-added',
  'event-changed',
  'case-chain-broken',
  'export-not-last',
  'opening-wrong',
  'proof-wrong',
  'checkpoint-signature',
  'cosignature',
  'quorum',
  'timestamp',
  'approval',
  'trust',
] as const;

export type FaultKind = (typeof faultKinds)[number];

export interface EventPlace {
  readonly caseSeq?: number;
  /** Of the leaf in the log; decimal digits. */
  readonly index?: string;
}

/** One thing wrong, with the file or the event it is in. */
export interface Fault {
  readonly kind: FaultKind;
  readonly file?: string;
  readonly event?: EventPlace;
  /** A sentence's worth of what was found. Holds names that somebody else chose: escape before showing. */
  readonly detail: string;
}

/** All faults, of which so many are kept. */
export interface FaultList {
  readonly add: (kind: FaultKind, where: Pick<Fault, 'file' | 'event'>, detail: string) => void;
  /** Whether a fault of this file is known already, so that its consequences need not be told. */
  readonly isKnown: (file: string) => 'known' | 'unknown';
  readonly kept: () => readonly Fault[];
  readonly total: () => number;
}

const mostKept = 1000;
const longestDetail = 400;

export const newFaultList = (): FaultList => {
  const kept: Fault[] = [];
  const files = new Set<string>();
  let total = 0;
  return {
    add: (kind, where, detail) => {
      total++;
      if (where.file !== undefined) files.add(where.file);
      if (kept.length < mostKept) kept.push({ kind, ...where, detail: detail.slice(0, longestDetail) });
    },
    isKnown: (file) => (files.has(file) ? 'known' : 'unknown'),
    kept: () => kept,
    total: () => total,
  };
};

/** In the order of `faultKinds`. */
export const byKind = (faults: readonly Fault[]): readonly Fault[] =>
  faults.toSorted((one, other) => faultKinds.indexOf(one.kind) - faultKinds.indexOf(other.kind));
