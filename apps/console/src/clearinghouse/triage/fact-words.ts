import type { QueueItem } from '@tutela/clearinghouse-desk/api';
import { useTongue } from '../../app/tongue.js';

export type ItemFacts = QueueItem['facts'];

/** Facts of a judgement in words, those that count for most first. */
export const useFactWords = () => {
  const { say, sayIfKnown, number } = useTongue();
  const danger = (id: string): string => sayIfKnown(`clearinghouse.triage.danger.${id}`) ?? id;
  const fact = (id: string): string => sayIfKnown(`clearinghouse.triage.fact.${id}`) ?? id;
  const byWeight = (one: { readonly weight: number }, other: { readonly weight: number }) => other.weight - one.weight;
  return {
    danger,
    fact,
    /** `A live stream +40 · A child is named +35` */
    dangers: ({ priority }: ItemFacts): string =>
      priority
        .toSorted(byWeight)
        .map(({ id, weight }) => `${danger(id)} +${number(weight)}`)
        .join(' · '),
    /** Why something is urgent, what may not wait first: `A live stream · A child is named` */
    why: (facts: ItemFacts['priority']): string =>
      facts
        .filter(({ weight, lane }) => weight > 0 || lane !== undefined)
        .toSorted(
          (one, other) => Number(other.lane === 'crisis') - Number(one.lane === 'crisis') || byWeight(one, other),
        )
        .map(({ id }) => danger(id))
        .join(' · '),
    missing: ({ completeness }: ItemFacts): readonly string[] =>
      completeness
        .filter(({ state }) => state === 'absent')
        .toSorted(byWeight)
        .map(({ id }) => fact(id)),
    /** Why a label stands: the policy's code in words, a person's own words as they are. */
    reason: (labelReason: string): string =>
      sayIfKnown(`clearinghouse.triage.reason.${labelReason}`) ??
      (sayIfKnown(`clearinghouse.triage.fact.${labelReason}`) === undefined
        ? labelReason
        : say('clearinghouse.triage.reason.missing', { fact: fact(labelReason) })),
  };
};
