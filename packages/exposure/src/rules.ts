import { z } from 'zod';
import { ExposureError } from './exposure-error.js';
import { type Presentation, presentationBounds } from './presentation.js';

/** What an organisation asks of itself. */
export interface ExposureRules {
  /** Seconds of originals a person sees in a day. INHOPE recommends four hours of review at most. */
  readonly limitSeconds: number;
  /** An end that never comes counts as having come after so many seconds. */
  readonly revealSeconds: number;
  /** After so many seconds of work without a break, one is due; a break lasts at least `breakSeconds`. */
  readonly workSeconds: number;
  readonly breakSeconds: number;
  /** What two people can add to somebody's day at once, at most. */
  readonly overrideSeconds: number;
  /** IANA name: by whose midnight a day ends. */
  readonly timeZone: string;
  /** Nobody's settings are weaker than this. */
  readonly minimum: Presentation;
  /** Where a person's settings begin. */
  readonly usual: Presentation;
  /** Whom to talk to, in the words of the place; by language, such as `en`, `es`, `pt-BR`. */
  readonly talkTo: Readonly<Record<string, string>>;
}

export const defaultRules: ExposureRules = {
  limitSeconds: 4 * 3600,
  revealSeconds: 120,
  workSeconds: 3600,
  breakSeconds: 600,
  overrideSeconds: 3600,
  timeZone: 'UTC',
  minimum: { side: 512, tone: 'colour', blur: 2, sound: 'heard' },
  usual: { side: 160, tone: 'grey', blur: 6, sound: 'muted' },
  talkTo: {},
};

const { side, blur } = presentationBounds;
const presentation = z.strictObject({
  side: z.int().min(side.least).max(side.most),
  tone: z.enum(['colour', 'grey']),
  blur: z.number().min(blur.least).max(blur.most),
  sound: z.enum(['muted', 'heard']),
});
const seconds = z.int().min(1).max(86_400);
const rules = z.strictObject({
  limitSeconds: seconds.default(defaultRules.limitSeconds),
  revealSeconds: seconds.default(defaultRules.revealSeconds),
  workSeconds: seconds.default(defaultRules.workSeconds),
  breakSeconds: seconds.default(defaultRules.breakSeconds),
  overrideSeconds: seconds.default(defaultRules.overrideSeconds),
  timeZone: z.string().refine(isTimeZone, 'no IANA time zone').default(defaultRules.timeZone),
  minimum: presentation.default(defaultRules.minimum),
  usual: presentation.default(defaultRules.usual),
  talkTo: z.record(z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/), z.string().min(1).max(2000)).default({}),
});

/**
 * Rules as an operator writes them: JSON with any of the members, the others as by default.
 * @throws ExposureError `invalid` naming the member
 */
export const parseRules = (text: string): ExposureRules => {
  const read = rules.safeParse(jsonOf(text));
  if (read.success) return read.data;
  throw new ExposureError('invalid', z.prettifyError(read.error));
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ExposureError('invalid', 'not JSON', { cause });
  }
};

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
