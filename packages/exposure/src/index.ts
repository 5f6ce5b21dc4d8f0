export { type Category, categories } from './category.js';
export { dayOf, endOf, type Span, secondsBetween, workedWithoutBreak } from './clock.js';
export type { LookingDesk } from './desk-name.js';
export { ExposureError, type ExposureErrorCode } from './exposure-error.js';
export { type OutcomeKind, outcomeKinds } from './outcome-kind.js';
export { mildest, type Presentation, presentationBounds, weakerRespects } from './presentation.js';
export { defaultRules, type ExposureRules, parseRules } from './rules.js';
export { admitSettings, optedOutOf, presentationFor, type Settings, settingsOf } from './settings.js';
