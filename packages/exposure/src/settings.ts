import { done, type Outcome, refused } from '@tutela/core';
import type { Category } from './category.js';
import { mildest, type Presentation, weakerRespects } from './presentation.js';
import type { ExposureRules } from './rules.js';

/** What one person chose. */
export interface Settings {
  readonly general: Presentation;
  readonly byCategory: Readonly<Partial<Record<Category, Presentation>>>;
  /** Neither previewed nor revealed to this person. */
  readonly optedOut: readonly Category[];
}

export const settingsOf = ({ usual }: ExposureRules): Settings => ({ general: usual, byCategory: {}, optedOut: [] });

/** Settings, unless one of them spares the person less than the organisation's minimum: that is refused by name. */
export const admitSettings = (
  asked: Settings,
  { minimum }: ExposureRules,
): Outcome<Settings, 'weaker-than-minimum'> => {
  const parts: readonly (readonly [string, Presentation])[] = [
    ['general', asked.general],
    ...Object.entries(asked.byCategory),
  ];
  const weaker = parts.flatMap(([name, one]) => weakerRespects(one, minimum).map((respect) => `${name}.${respect}`));
  if (weaker.length === 0) return done({ ...asked, optedOut: [...new Set(asked.optedOut)] });
  return refused('weaker-than-minimum', `The organisation asks for more: ${weaker.join(', ')}.`);
};

/**
 * How a file of some categories is shown to a person: as the mildest of what they chose for these, and never weaker than
 * the minimum of today, whatever it was when they chose (test: "nothing is shown weaker than the minimum").
 */
export const presentationFor = (
  { general, byCategory }: Settings,
  of: readonly Category[],
  { minimum }: ExposureRules,
): Presentation => {
  // A category's own setting stands instead of the general one, so that some may be seen clearer and others less.
  const [first = general, ...others] = of.map((category) => byCategory[category] ?? general);
  return others.reduce(mildest, mildest(first, minimum));
};

/** Which of the categories the person does not want to see; `undefined` when none. */
export const optedOutOf = ({ optedOut }: Settings, of: readonly Category[]): Category | undefined =>
  of.find((category) => optedOut.includes(category));
