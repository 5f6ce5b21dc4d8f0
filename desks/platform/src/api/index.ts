import { windowBody, windowQuery } from '@tutela/window';
import { type Static, Type } from 'typebox';

/** What the desk's routes take and answer; the console takes its types from here. */
const text = Type.String();
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);

const decided = Type.Union([Type.Literal('waiting'), Type.Literal('confirmed'), Type.Literal('dismissed')]);

/** One line of the queue of matches. */
export const matchRow = Type.Object({
  id: text,
  state: decided,
  foundAt: text,
  account: text,
  name: text,
  /** Bytes. */
  size: Type.Integer(),
  kind: Type.Union([Type.Literal('exact'), Type.Literal('near')]),
  /** Bits of 256 that differ (PDQ); 0 for an exact match. */
  distance: Type.Integer(),
  list: text,
});

export const matchesWindowQuery = Type.Object({
  ...windowQuery,
  state: Type.Optional(Type.Union([...decided.anyOf, Type.Literal('all')])),
  account: Type.Optional(Type.String({ maxLength: 1000 })),
});
export const matchesBody = windowBody(matchRow);
export type MatchesBody = Static<typeof matchesBody>;

export const matchParams = Type.Object({ id: Type.String({ format: 'uuid' }) });
/** A match with everything that happened to it, newest first. */
export const matchBody = Type.Object({
  ...matchRow.properties,
  sha256: text,
  sha1: text,
  md5: text,
  /** The stack it lies in, where it is decided with all that is the same. */
  stack: nullable(text),
  history: Type.Array(
    Type.Object({
      id: text,
      type: Type.Union([
        Type.Literal('found'),
        Type.Literal('viewed'),
        Type.Literal('confirmed'),
        Type.Literal('dismissed'),
        Type.Literal('reversed'),
        Type.Literal('filed'),
      ]),
      at: text,
      actor: text,
      reason: nullable(text),
    }),
  ),
});
export type MatchBody = Static<typeof matchBody>;

export * from './filings.js';
export * from './lists.js';
export * from './overview.js';
export * from './stacks.js';
