import type { CoverageFact } from '../../record/coverage-fact.js';
import type { SourceDeclaration } from '../source-declaration.js';

/** The last number of each exporter and when it came: small, and all that resuming needs. */
export type SequenceState = Readonly<Record<string, { readonly number: number; readonly at: number }>>;

export interface SequenceWatch {
  readonly see: (exporter: string, number: number, at: number) => void;
  readonly state: () => SequenceState;
}

/** UDP may deliver late; what is further back than this is a device that began to count anew. */
const lateWindow = 1000;

/** Finds gaps and fresh starts in message numbers. */
export const sequenceWatch = (
  declaration: SourceDeclaration,
  emit: (fact: CoverageFact) => void,
  resumed: SequenceState,
): SequenceWatch => {
  const last = new Map(Object.entries(resumed));
  const see = (exporter: string, number: number, at: number): void => {
    const before = last.get(exporter);
    if (before !== undefined) {
      const step = number - before.number;
      if (step <= 0 && step > -lateWindow) return;
      if (step <= 0) emit({ kind: 'restart', exporter, natInstance: undefined, at, cause: 'sequence-reset' });
      else if (step > 1 && declaration.sequence === 'every-message') {
        const [from, to] = before.at < at ? [before.at, at] : [at, before.at];
        emit({ kind: 'sequence-gap', exporter, from, to, missing: step - 1 });
      }
    }
    last.set(exporter, { number, at });
  };
  return { see, state: () => Object.fromEntries(last) };
};
