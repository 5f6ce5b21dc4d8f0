import { done, limited, type Outcome, refused } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { defaultLimits, encodePixels, type Look } from '@tutela/media';
import type { PersonId } from '@tutela/policy';
import { readSettings } from '../postgres/queries.js';
import { readClock } from '../postgres/read-clock.js';
import { beginReveal } from '../postgres/reveal.js';
import type { RevealRow } from '../postgres/tables.js';
import { lookOf } from '../presentation.js';
import { optedOutOf, presentationFor, type Settings, settingsOf } from '../settings.js';
import type { ExposureDeps, Looker, LookSubject } from './deps.js';

/** An original is shown with at most so many pixels a side. */
const revealSide = 1600;

/** A picture the server made; `image/webp`. */
type Made = Outcome<Buffer, string>;

/** The degraded picture, as the person's settings want it for what is known of the file. Kept nowhere. */
export const makePreview = async (deps: ExposureDeps, subject: LookSubject, { person }: Looker): Promise<Made> => {
  const settings = await settingsFor(deps, person);
  const unwanted = refuseOptedOut(settings, subject);
  if (unwanted !== undefined) return unwanted;
  return makePicture(deps, subject, lookOf(presentationFor(settings, categoriesOf(subject), deps.rules)));
};

export interface Revealed {
  readonly picture: Buffer;
  readonly reveal: RevealRow;
}

/**
 * The original, made again from its pixels at a bounded size. It is made before the record begins, so that what cannot be
 * shown is no look, and leaves after it (test: "nothing is handed out unless the reveal is on record").
 */
export const makeReveal = async (
  deps: ExposureDeps,
  subject: LookSubject,
  { person, at, reason }: Looker & { readonly reason: string },
): Promise<Outcome<Revealed, string>> => {
  const { db, rules } = deps;
  const unwanted = refuseOptedOut(await settingsFor(deps, person), subject);
  if (unwanted !== undefined) return unwanted;
  // Hostile bytes are not decoded for somebody who may not look any more; the record asks again.
  const clock = await readClock(db, rules, person, at);
  if (clock.limit === 'reached') return refused('over-limit', `${clock.seconds} seconds of today are used.`);
  const made = await makePicture(deps, subject, { side: revealSide, tone: 'colour', blur: 0 });
  if (made.kind !== 'done') return made;
  const { desk, ref, sha256, alongside, caseRef } = subject;
  const asked = { desk, subject: ref, sha256, person, form: 'screen' as const, reason, at: deps.clock.now() };
  const begun = await inTransaction(db, (tx) => beginReveal(tx, rules, { ...asked, alongside, caseRef }));
  return begun.kind === 'done' ? done({ picture: made.value, reveal: begun.value }) : begun;
};

const settingsFor = async ({ db, rules }: ExposureDeps, person: PersonId): Promise<Settings> =>
  (await readSettings(db, person)) ?? settingsOf(rules);

const categoriesOf = ({ categories }: LookSubject): LookSubject['categories'] =>
  categories.length === 0 ? ['unsorted'] : categories;

const refuseOptedOut = (settings: Settings, subject: LookSubject) => {
  const category = optedOutOf(settings, categoriesOf(subject));
  return category && refused('category-opted-out', `You chose not to be shown ${category}.`);
};

const makePicture = async ({ decoder }: ExposureDeps, subject: LookSubject, look: Look): Promise<Made> => {
  if (subject.size > defaultLimits.inputBytes) return limited('no-preview', 'too-large');
  const bytes = await subject.open();
  if (bytes.kind !== 'done') return bytes;
  const decoded = await decoder.render(bytes.value, look);
  // The name of the end is what people are shown in place of a picture.
  if (decoded.kind !== 'done') return limited('no-preview', decoded.reason.code);
  return done(await encodePixels(decoded.value));
};
