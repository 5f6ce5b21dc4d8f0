import type { EntryDraft } from '../../entry.js';
import type { Verdict } from '../../verdict.js';
import { caseShredded, type OpeningRead, type OpeningRow, readOpening, type Unseal } from '../sealed-opening.js';
import type { Collector } from './collector.js';

type Draft = Verdict<EntryDraft, 'malformed-entry'> | undefined;

/** Opens what events commit to during one check, and remembers which cases have no key any more. */
export interface Openings {
  readonly open: <Row extends OpeningRow & { readonly draft: Draft }>(
    rows: readonly Row[],
  ) => Promise<readonly (Row & { readonly opening: OpeningRead })[]>;
  /** `open` of a single one, of an event that was looked at before. */
  readonly openAgain: (row: OpeningRow, draft: Draft) => Promise<OpeningRead>;
  /** Finds the cases whose openings do not open though no event says why. */
  readonly end: () => void;
}

export const openingsOf = (unseal: Unseal | undefined, { find, count }: Collector): Openings => {
  /** Case to the first event that did not open. */
  const closed = new Map<string, string>();
  const shredded = new Set<string>();
  const caseOf = (draft: Draft) => (draft?.kind === 'done' ? draft.value.caseRef : undefined);
  const openAgain: Openings['openAgain'] = (row, draft) => readOpening(row, caseOf(draft), unseal);
  return {
    open: async (rows) => {
      const opened: ((typeof rows)[number] & { readonly opening: OpeningRead })[] = [];
      for (const row of rows) {
        const caseRef = caseOf(row.draft);
        const opening = await openAgain(row, row.draft);
        if (opening.kind === 'sealed') count('sealed', 1);
        if (opening.kind === 'key-destroyed' || opening.kind === 'no-case-key') {
          count('shredded', 1);
          if (caseRef !== undefined && !closed.has(caseRef)) closed.set(caseRef, row.event_id);
        }
        if (row.draft?.kind === 'done' && row.draft.value.type === caseShredded && caseRef !== undefined) {
          shredded.add(caseRef);
        }
        opened.push({ ...row, opening });
      }
      return opened;
    },
    openAgain,
    end: () => {
      for (const [caseRef, eventId] of closed) {
        if (!shredded.has(caseRef)) find({ kind: 'case-key-missing', caseRef, eventId });
      }
    },
  };
};
