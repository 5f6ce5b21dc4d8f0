import type { PersonId } from '@tutela/policy';
import type { Me, MySettings } from '../api.js';
import { categories } from '../category.js';
import { outcomesFor, readSettings } from '../postgres/queries.js';
import { readClock } from '../postgres/read-clock.js';
import { settingsOf } from '../settings.js';
import { outcomeJson } from './answers.js';
import type { ExposureDeps } from './deps.js';

const outcomesShown = 20;

/** What the person at the page sees of themselves; nobody else is shown it. */
export const readMe = async ({ db, clock, rules }: ExposureDeps, person: PersonId): Promise<Me> => {
  const { open, ...own } = await readClock(db, rules, person, clock.now());
  const settings = (await readSettings(db, person)) ?? settingsOf(rules);
  return {
    person,
    ...own,
    timeZone: rules.timeZone,
    workSeconds: rules.workSeconds,
    breakSeconds: rules.breakSeconds,
    open:
      open === undefined ? null : { revealId: open.reveal_id, startedAt: open.started_at, closesAt: open.closes_at },
    settings: settings as MySettings,
    minimum: rules.minimum,
    categories: [...categories],
    talkTo: { ...rules.talkTo },
    outcomes: (await outcomesFor(db, person, outcomesShown)).map(outcomeJson),
  };
};
