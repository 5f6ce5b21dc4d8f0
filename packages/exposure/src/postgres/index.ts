export { exposureCoveredTables, exposureMigrations } from './migrations.js';
export { type NewOutcome, noteOutcome } from './outcome.js';
export { type AskedOverride, type Override, requestOverride, useOverride } from './override.js';
export { insertWork as noteWork, type OwnSubject, skippedBy } from './queries.js';
export { type PersonClock, readClock } from './read-clock.js';
export { beginReveal, endForgotten, endReveal, type NewReveal } from './reveal.js';
export type { RevealRow } from './tables.js';
