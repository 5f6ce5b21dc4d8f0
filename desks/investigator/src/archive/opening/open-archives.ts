import { eachAtOnce } from '../at-once.js';
import type { ArchiveDeps } from '../deps.js';
import { listOpenable } from '../queries/opening.js';
import { type OpeningEnd, type OpeningOptions, openSet } from './open-set.js';

export interface OpeningInput extends OpeningOptions {
  readonly caseRef: string;
  readonly signal?: AbortSignal;
}

const setsAtOnce = 100;

/** Opens every archive of a case whose password is known or that has none. @returns how many ended how */
export const openArchives = async (
  deps: ArchiveDeps,
  { caseRef, signal, ...options }: OpeningInput,
): Promise<Readonly<Partial<Record<OpeningEnd, number>>>> => {
  const ends: Partial<Record<OpeningEnd, number>> = {};
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const sets = await listOpenable(deps.db, caseRef, after, setsAtOnce);
    await eachAtOnce(sets, async (set) => {
      if (signal?.aborted === true) return;
      const end = await openSet(deps, set, options);
      ends[end] = (ends[end] ?? 0) + 1;
    });
    if (signal?.aborted === true) return ends;
    const last = sets.at(-1);
    if (last === undefined) return ends;
    after = last.setId;
  }
};
