import type { UtcInstant } from '@tutela/core';
import type { Tx } from '@tutela/db';
import { batchDecisions, type CompiledScope, type Decision, type Step } from '@tutela/policy';
import { type AuthorityWatch, recordDecisions } from '@tutela/policy/postgres';
import type { MayGoOn } from '../seizure/image/until-stopped.js';
import { type ArchiveItem, objectOf } from './archive-item.js';

type Allowed = Extract<Decision, { answer: 'allow' }>;

/** For all files of an archive: allowed only when every one is, and by the same authority. */
export const decideAll = (scope: CompiledScope, step: Step, items: readonly ArchiveItem[]): Decision => {
  const decisions = items.map((item) => scope.decide({ step, object: objectOf(item) }));
  const [first] = decisions;
  if (first === undefined) throw new TypeError('an archive has at least one file');
  return (
    decisions.find(({ answer }) => answer !== 'allow') ??
    decisions.find((one) => (one as Allowed).authority !== (first as Allowed).authority) ??
    first
  );
};

/** The authority that allows, if one does. */
export const authorityOf = (decision: Decision): string | undefined =>
  decision.answer === 'allow' ? decision.authority : undefined;

/** Asks again, for what takes long, whether the same authority still allows a step on all files of an archive. */
export const whileAllowed =
  (watch: AuthorityWatch, step: Step, items: readonly ArchiveItem[], authorityId: string): MayGoOn =>
  async () =>
    authorityOf(decideAll(await watch.scope(), step, items)) === authorityId ? 'goes-on' : 'stops';

export interface Decided {
  readonly step: Step;
  readonly items: readonly ArchiveItem[];
  readonly decision: Decision;
}

/** Puts decisions on record in the transaction of what was decided on: one row a source, step and ground. */
export const recordDecided = async (
  tx: Tx,
  caseRef: string,
  decided: readonly Decided[],
  { by, at }: { readonly by: string; readonly at: UtcInstant },
): Promise<void> => {
  for (const step of new Set(decided.map((one) => one.step))) {
    const objects = decided
      .filter((one) => one.step === step)
      .flatMap(({ items, decision }) =>
        items.map((item) => ({ ref: `item ${item.itemId}`, group: `archives of ${item.sourceId}`, decision })),
      );
    if (objects.length === 0) continue;
    const batches = await batchDecisions({ caseRef, step, at }, objects);
    await recordDecisions(tx, batches, { by, at });
  }
};
