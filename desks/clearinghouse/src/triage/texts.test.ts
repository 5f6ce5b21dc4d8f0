import { completenessFactIds } from '@tutela/cybertip';
import { catalogues } from '@tutela/language/all';
import { addressMarks } from '@tutela/ranges';
import { expect, test } from 'vitest';
import { priorityFactIds } from './priority-facts.js';

const told = [
  ...completenessFactIds.flatMap((id) => [`triage.fact.${id}`, `triage.remedy.${id}`]),
  ...priorityFactIds.map((id) => `triage.danger.${id}`),
  ...['crisis', 'normal', 'diverted'].map((lane) => `triage.lane.${lane}`),
  ...['referral', 'informational'].map((label) => `triage.label.${label}`),
  ...['enough-to-act', 'crisis', 'awaits-a-person', 'missing'].map((reason) => `triage.reason.${reason}`),
  ...['policy', 'person', 'bundle'].map((origin) => `triage.origin.${origin}`),
  ...['file', 'picture', 'account', 'incident'].map((kind) => `triage.bundle.${kind}`),
  ...['waiting', 'decided'].map((state) => `triage.state.${state}`),
  ...['ip-address', 'estimated-location', 'stated-address', 'phone-prefix', 'page-host'].map(
    (kind) => `location.signal.${kind}`,
  ),
  ...['one-country', 'conflicting', 'unknown'].map((outcome) => `location.outcome.${outcome}`),
  ...['possible-proxy', 'not-in-range-data', ...addressMarks].map((reason) => `location.reason.${reason}`),
];

test.each(Object.entries(catalogues))('every fact, lane, label and signal has its name in %s', (_, messages) => {
  const missing = told.filter((name) => !(`clearinghouse.${name}` in messages));
  expect(missing).toEqual([]);
});
