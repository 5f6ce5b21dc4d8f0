import { packagePaths } from '../format/index.js';
import type { FaultList } from './fault.js';

/** Watches that a case's counters go 1, 2, 3, … and their places in the log only up. */
export interface CaseOrder {
  /** `out-of-order`: it was told, and the event has no place in the tree. */
  readonly next: (caseSeq: number, index: bigint) => 'in-order' | 'out-of-order';
  /** An event that is there but could not be read. */
  readonly passOver: (caseSeq: number) => void;
  readonly end: () => 'whole' | 'broken';
}

/** Gaps that are remembered, to tell an event that comes late from one that comes twice. */
const mostGaps = 1000;

export const newCaseOrder = (faults: FaultList): CaseOrder => {
  const file = packagePaths.events;
  const missing = new Set<number>();
  let expected = 1;
  let lastIndex = -1n;
  let broken = false;

  const leap = (caseSeq: number): void => {
    const upTo = Math.min(caseSeq, expected + mostGaps - missing.size);
    for (let seq = expected; seq < upTo; seq++) missing.add(seq);
    if (upTo < caseSeq) faults.add('event-missing', { file, event: { caseSeq: upTo } }, `and all up to ${caseSeq - 1}`);
    broken = true;
  };

  return {
    next: (caseSeq, index) => {
      const event = { caseSeq, index: String(index) };
      if (caseSeq < expected) {
        broken = true;
        if (missing.delete(caseSeq))
          faults.add('event-order', { file, event }, `it stands after event ${expected - 1}`);
        else faults.add('event-added', { file, event }, 'an event with this counter stands before it');
        return 'out-of-order';
      }
      if (caseSeq > expected) leap(caseSeq);
      expected = caseSeq + 1;
      if (index <= lastIndex) {
        broken = true;
        faults.add('event-order', { file, event }, 'its place in the log is not after that of the event before it');
        return 'out-of-order';
      }
      lastIndex = index;
      return 'in-order';
    },
    passOver: (caseSeq) => {
      broken = true;
      if (missing.delete(caseSeq) || caseSeq < expected) return;
      if (caseSeq > expected) leap(caseSeq);
      expected = caseSeq + 1;
    },
    end: () => {
      for (const caseSeq of missing) {
        faults.add('event-missing', { file, event: { caseSeq } }, 'the counter leaps over it');
      }
      return broken ? 'broken' : 'whole';
    },
  };
};
