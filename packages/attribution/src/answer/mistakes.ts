import { Temporal } from '@js-temporal/polyfill';
import type { Observation, ObservedTime } from '../observation/observation.js';
import { type AttributionPlan, evaluate } from './evaluate.js';
import { candidatesOf } from './held-candidates.js';
import type { Evaluation } from './outcome.js';

/** What people get wrong when they write down an address and a time (attribution.md §1.9, §4.5). */
export const mistakes = [
  'hour-earlier',
  'hour-later',
  'zone-dropped',
  'twelve-hours',
  'day-month-swapped',
  'ports-swapped',
] as const;
export type Mistake = (typeof mistakes)[number];

/**
 * Whether the answer would be another had this mistake been made. Who it would be, and whether anybody, is not told.
 * `not-applicable`: this question cannot hold the mistake; `not-kept`: no log of that time is kept.
 */
export type Sensitivity = 'same' | 'would-change' | 'not-applicable' | 'not-kept';

export interface MistakeCheck {
  readonly sensitivity: Readonly<Record<Mistake, Sensitivity>>;
  /** Versions of what was read for it. */
  readonly versions: readonly string[];
}

/** Asks again under each mistake. An answer that would change wants a second person to compare it with its source. */
export const checkMistakes = (
  observation: Observation,
  evaluation: Evaluation,
  plan: AttributionPlan,
): MistakeCheck => {
  const versions = new Set<string>();
  const check = (mistake: Mistake): Sensitivity => {
    const mistaken = variants[mistake](observation);
    if (mistaken === undefined) return 'not-applicable';
    const again = evaluate(mistaken, plan);
    for (const version of again.versions) versions.add(version);
    if (again.outcome === 'REFUSED') return 'not-kept';
    return whoever(again) === whoever(evaluation) ? 'same' : 'would-change';
  };
  const sensitivity = Object.fromEntries(mistakes.map((mistake) => [mistake, check(mistake)]));
  return { sensitivity: sensitivity as Record<Mistake, Sensitivity>, versions: [...versions].sort() };
};

const whoever = (evaluation: Evaluation): string =>
  candidatesOf(evaluation)
    .map(({ identity }) => identity)
    .join();

const hourMs = 3_600_000;

type Variant = (observation: Observation) => Observation | undefined;

const movedBy =
  (ms: (time: ObservedTime) => number | undefined): Variant =>
  (observation) => {
    const [from, to] = [ms(observation.from), ms(observation.to)];
    if (from === undefined || to === undefined) return undefined;
    const moved = {
      from: { ...observation.from, at: observation.from.at + from },
      to: { ...observation.to, at: observation.to.at + to },
    };
    return moved.from.at <= moved.to.at ? { ...observation, ...moved } : undefined;
  };

const variants: Readonly<Record<Mistake, Variant>> = {
  'hour-earlier': movedBy(() => -hourMs),
  'hour-later': movedBy(() => hourMs),
  'zone-dropped': movedBy((time) => offsetOf(time) || undefined),
  'twelve-hours': movedBy((time) => (local(time).hour < 12 ? 12 : -12) * hourMs),
  'day-month-swapped': movedBy((time) => {
    const { day, month } = local(time);
    if (day === month || day > 12) return undefined;
    const swapped = local(time).with({ day: month, month: day });
    return swapped.epochMilliseconds - time.at;
  }),
  'ports-swapped': (observation) => {
    const { port, dest } = observation;
    if (port === undefined || dest?.port === undefined || dest.port === port) return undefined;
    return { ...observation, port: dest.port, dest: { ...dest, port } };
  },
};

/** The wall clock that was written down. */
const local = ({ at, provenance }: ObservedTime): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(provenance.zone);

const offsetOf = (time: ObservedTime): number => local(time).offsetNanoseconds / 1_000_000;
