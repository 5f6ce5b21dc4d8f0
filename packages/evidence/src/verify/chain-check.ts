import type { ReadEvent } from './case-history.js';
import { placeOf } from './case-history.js';
import type { FaultList } from './fault.js';

/**
 * Watches that each event names the leaf hash of the one before it, and finds which of two that do not fit is at fault:
 * an event that was changed fits neither what it names nor what names it.
 */
export interface ChainCheck {
  readonly next: (event: ReadEvent, leafHash: string) => void;
  /** The next event follows one that could not be read. */
  readonly interrupt: () => void;
  readonly end: () => void;
}

interface Link {
  readonly event: ReadEvent;
  readonly leafHash: string;
}

export const newChainCheck = (faults: FaultList): ChainCheck => {
  let before: Link | undefined;
  /** Two that do not fit, of which the later is `before`. */
  let doubt: { readonly earlier: ReadEvent; readonly later: ReadEvent } | undefined;

  const changed = (event: ReadEvent, why: string): void => {
    faults.add('event-changed', placeOf(event), why);
    doubt = undefined;
  };
  const leaveOpen = (): void => {
    if (doubt === undefined) return;
    const { earlier, later } = doubt;
    faults.add('case-chain-broken', placeOf(earlier), `it or event ${later.entry.caseSeq} after it was changed`);
    faults.add('case-chain-broken', placeOf(later), `it or event ${earlier.entry.caseSeq} before it was changed`);
    doubt = undefined;
  };

  return {
    next: (event, leafHash) => {
      const follows = before !== undefined && event.entry.caseSeq === (before.event.entry.caseSeq ?? 0) + 1;
      if (before === undefined || !follows) leaveOpen();
      else if (event.entry.casePrev === before.leafHash) {
        if (doubt !== undefined)
          changed(doubt.earlier, 'the event after it names another leaf, and is itself as it was');
      } else if (doubt === undefined) doubt = { earlier: before.event, later: event };
      else changed(doubt.later, 'it fits neither the event before nor the one after it');
      before = { event, leafHash };
    },
    interrupt: () => {
      leaveOpen();
      before = undefined;
    },
    end: leaveOpen,
  };
};
