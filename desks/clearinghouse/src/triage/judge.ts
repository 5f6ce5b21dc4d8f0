import { type CompletenessFact, completenessFacts } from '@tutela/cybertip';
import type { TriagePolicy, VersionedPolicy } from './policy.js';
import { type Case, type PriorityFactId, priorityPlaces } from './priority-facts.js';

export type Lane = 'crisis' | 'normal' | 'diverted';
export type Label = 'referral' | 'informational';

/** A fact of completeness with what it counts for. */
export interface WeighedFact extends CompletenessFact {
  readonly weight: number;
}

/** A fact that was found, with what it counts for and the lane it asks for. Facts that were not found count for nothing. */
export interface DangerFact {
  readonly id: PriorityFactId;
  readonly path: string;
  readonly weight: number;
  readonly lane?: 'crisis' | 'diverted';
}

/** Everything that a judgement was made of: with the policy's version, the same again. */
export interface Facts {
  readonly completeness: readonly WeighedFact[];
  readonly priority: readonly DangerFact[];
  readonly context: Pick<Case, 'finishedAt' | 'earlierReports'>;
}

/** Why a label was given: `enough-to-act`, `crisis`, `awaits-a-person`, or the fact that is missing. */
export type LabelReason = 'enough-to-act' | 'crisis' | 'awaits-a-person' | CompletenessFact['id'];

export interface Judgement {
  readonly policyVersion: string;
  readonly lane: Lane;
  readonly label: Label;
  readonly labelReason: LabelReason;
  /** Can anyone act on it? 0 to 100. */
  readonly completeness: number;
  /** Is a child in danger now? 0 to 100. Says nothing of anybody's guilt. */
  readonly priority: number;
  readonly facts: Facts;
}

/**
 * Judges a report by a policy. Pure: the same report, context and policy give the same judgement
 * (test: "changes the scores of new versions only, and an old score is explained again by its own version").
 */
export const judge = (item: Case, { version, policy }: VersionedPolicy): Judgement => {
  const { finishedAt, earlierReports } = item;
  const completeness = completenessFacts(item).map((fact) => ({ ...fact, weight: policy.completeness[fact.id] ?? 0 }));
  const priority = dangerFacts(item, policy);
  const lane = laneOf(priority, policy);
  return {
    policyVersion: version,
    lane,
    ...labelOf(lane, completeness, priority, policy),
    completeness: shareOf(completeness),
    priority: Math.min(
      100,
      priority.reduce((sum, { weight }) => sum + weight, 0),
    ),
    facts: { completeness, priority, context: { finishedAt, earlierReports } },
  };
};

/** Whether a report may not wait for its turn; cheap, for the moment in which it is finished. */
export const laneAtOnce = (item: Case, { policy }: VersionedPolicy): Lane => laneOf(dangerFacts(item, policy), policy);

const dangerFacts = (item: Case, policy: TriagePolicy): readonly DangerFact[] =>
  [...priorityPlaces(item, policy)].flatMap(([id, path]) => {
    const rule = policy.priority[id];
    return rule === undefined ? [] : [{ id, path, weight: rule.weight, ...(rule.lane && { lane: rule.lane }) }];
  });

/** A fact that diverts does so whatever else was found, unless the reporter said in words why it cannot wait. */
const laneOf = (facts: readonly DangerFact[], policy: TriagePolicy): Lane => {
  const urgent = facts.filter(({ lane }) => lane === 'crisis');
  const isDiverted = facts.some(({ lane }) => lane === 'diverted');
  if (urgent.some(({ id }) => !isDiverted || policy.priority[id]?.evenIfDiverted === true)) return 'crisis';
  return isDiverted ? 'diverted' : 'normal';
};

/**
 * What is viral or a meme is informational by a person's decision on its bundle, never by a mark of the reporter's; what
 * may not wait is never informational.
 */
const labelOf = (
  lane: Lane,
  completeness: readonly WeighedFact[],
  priority: readonly DangerFact[],
  policy: TriagePolicy,
): Pick<Judgement, 'label' | 'labelReason'> => {
  if (lane === 'crisis') return { label: 'referral', labelReason: 'crisis' };
  if (priority.some(({ id }) => id === 'viral')) return { label: 'referral', labelReason: 'awaits-a-person' };
  const missing = policy.informational.find((id) =>
    completeness.some((fact) => fact.id === id && fact.state === 'absent'),
  );
  return missing === undefined
    ? { label: 'referral', labelReason: 'enough-to-act' }
    : { label: 'informational', labelReason: missing };
};

/** Of the weights that apply, the share that is there, in per cent. */
const shareOf = (facts: readonly WeighedFact[]): number => {
  const sum = (states: readonly CompletenessFact['state'][]): number =>
    facts.reduce((total, { state, weight }) => (states.includes(state) ? total + weight : total), 0);
  const whole = sum(['present', 'absent']);
  return whole === 0 ? 0 : Math.round((100 * sum(['present'])) / whole);
};
