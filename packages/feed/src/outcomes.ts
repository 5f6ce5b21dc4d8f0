/** Could the authority do anything with what it was sent? */
export const usefulnesses = ['actionable', 'not-actionable'] as const;
export type Usefulness = (typeof usefulnesses)[number];

/**
 * What became of a report at an authority. Closed, so that feedback is numbers and never text: a sentence about a case
 * would travel back to a platform.
 */
export const feedbackOutcomes = [
  'child-safeguarded',
  'child-identified',
  'suspect-identified',
  'investigation-open',
  'prosecution',
  'conviction',
  'already-known',
  'handed-to-another-authority',
  'insufficient-information',
  'no-offence-here',
  'not-abuse-material',
] as const;
export type FeedbackOutcome = (typeof feedbackOutcomes)[number];
