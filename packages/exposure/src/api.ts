import { type Static, type TSchema, Type } from 'typebox';
import { categories } from './category.js';
import { lookingDesks } from './desk-name.js';
import { outcomeKinds } from './outcome-kind.js';
import { presentationBounds } from './presentation.js';

/** What the routes of wellness take and answer: schemas and their types, no server code. */

const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const uuid = Type.String({ format: 'uuid' });
const pseudonym = Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' });
const digest = Type.String({ pattern: '^[0-9a-f]{64}$' });
const desk = Type.Enum([...lookingDesks]);
const subject = Type.String({ minLength: 1, maxLength: 300 });
const reason = Type.String({ minLength: 1, maxLength: 3000, pattern: '\\S' });
const moment = Type.String({ format: 'date-time' });

/** Anything refused. `reason` names how decoding ended where there is no picture. */
export const refusalAnswer = Type.Object({
  code: Type.String(),
  message: Type.String(),
  reason: Type.Optional(Type.String()),
});

export const presentationBody = Type.Object(
  {
    side: Type.Integer({ minimum: presentationBounds.side.least, maximum: presentationBounds.side.most }),
    tone: Type.Enum(['colour', 'grey']),
    blur: Type.Number({ minimum: presentationBounds.blur.least, maximum: presentationBounds.blur.most }),
    sound: Type.Enum(['muted', 'heard']),
  },
  { additionalProperties: false },
);

export const settingsBody = Type.Object(
  {
    general: presentationBody,
    byCategory: Type.Partial(
      Type.Object(
        Object.fromEntries(categories.map((name) => [name, presentationBody])) as Record<
          (typeof categories)[number],
          typeof presentationBody
        >,
      ),
      { additionalProperties: false },
    ),
    optedOut: Type.Array(Type.Enum([...categories]), { maxItems: categories.length }),
  },
  { additionalProperties: false },
);

export const outcomeAnswer = Type.Object({
  outcomeId: uuid,
  desk,
  subject: Type.String(),
  kind: Type.Enum([...outcomeKinds]),
  happenedAt: moment,
});

export const meAnswer = Type.Object({
  person: pseudonym,
  day: Type.String(),
  timeZone: Type.String(),
  /** Originals looked at today. */
  looks: Type.Integer(),
  /** Of originals on the screen today. */
  seconds: Type.Integer(),
  limitSeconds: Type.Integer(),
  limit: Type.Enum(['within', 'reached']),
  /** Since the first look after the last break. */
  workedSeconds: Type.Integer(),
  workSeconds: Type.Integer(),
  breakSeconds: Type.Integer(),
  rest: Type.Enum(['due', 'not-due']),
  open: nullable(Type.Object({ revealId: uuid, startedAt: moment, closesAt: moment })),
  settings: settingsBody,
  minimum: presentationBody,
  categories: Type.Array(Type.String()),
  /** Whom to talk to, by language; empty where nobody configured it. */
  talkTo: Type.Record(Type.String(), Type.String()),
  outcomes: Type.Array(outcomeAnswer),
});

export const revealBody = Type.Object({ reason });
export const revealAnswer = Type.Object({
  revealId: uuid,
  desk,
  subject: Type.String(),
  sha256: digest,
  person: pseudonym,
  form: Type.Enum(['screen', 'file']),
  reason: Type.String(),
  startedAt: moment,
  closesAt: moment,
  endedAt: nullable(moment),
  endedBy: nullable(Type.Enum(['person', 'next', 'time'])),
  seconds: nullable(Type.Integer()),
});

export const skipBody = Type.Object({ desk, subject }, { additionalProperties: false });

export const outcomeBody = Type.Object(
  { desk, subject, kind: Type.Enum([...outcomeKinds]), happenedAt: moment },
  { additionalProperties: false },
);

export const overrideBody = Type.Object({ person: pseudonym, seconds: Type.Integer({ minimum: 1 }), reason });
export const overrideRequestAnswer = Type.Object({ digest, needed: Type.Integer(), expiresAt: moment });
export const overrideAnswer = Type.Object({
  person: pseudonym,
  day: Type.String(),
  seconds: Type.Integer(),
  approvedBy: Type.Array(pseudonym),
});

export const looksQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
  before: Type.Optional(uuid),
  desk: Type.Optional(desk),
  subject: Type.Optional(subject),
  sha256: Type.Optional(digest),
  person: Type.Optional(pseudonym),
});
export const looksAnswer = Type.Object({ looks: Type.Array(revealAnswer), next: nullable(uuid) });

export const teamAnswer = Type.Object({
  /** Days on which fewer looked are left out. */
  leastPeople: Type.Integer(),
  days: Type.Array(
    Type.Object({ day: Type.String(), people: Type.Integer(), reveals: Type.Integer(), seconds: Type.Integer() }),
  ),
});

export type Refusal = Static<typeof refusalAnswer>;
export type Me = Static<typeof meAnswer>;
export type MySettings = Static<typeof settingsBody>;
export type Reveal = Static<typeof revealAnswer>;
export type Looks = Static<typeof looksAnswer>;
export type Team = Static<typeof teamAnswer>;
