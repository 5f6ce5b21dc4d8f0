import type { Coverage } from '../coverage/coverage.js';
import type { ReasonCode } from '../reason.js';
import type { OpaqueTag } from '../segment/holding.js';

/**
 * One who may have been it. `core`: at every step certain to have held during the whole window; `fringe`: for a part of
 * it, or possibly.
 */
export interface Candidate {
  /** `undefined`: somebody held it, and the chain breaks before it says who. */
  readonly subscriber: OpaqueTag | undefined;
  /** Tells apart the unresolved ones. */
  readonly identity: string;
  readonly firmness: 'core' | 'fringe';
  /** What keeps it from being exact: inferred ends, qualified records, a broken chain. */
  readonly reasons: readonly ReasonCode[];
  /** Whether the logs prove that nobody else can have taken over unseen. */
  readonly coverage: Coverage;
}

/** The same subscriber reached in several ways is one candidate, as firm as the firmest of them. */
export const mergeCandidates = (candidates: readonly Candidate[]): readonly Candidate[] => {
  const byIdentity = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const known = byIdentity.get(candidate.identity);
    if (known === undefined || rank(candidate) < rank(known)) byIdentity.set(candidate.identity, candidate);
  }
  return [...byIdentity.values()].sort((one, other) => (one.identity < other.identity ? -1 : 1));
};

const rank = ({ firmness, reasons, coverage }: Candidate): number =>
  (firmness === 'core' ? 0 : 1000) + reasons.length + (coverage.kind === 'proven' ? 0 : 100);
