import { windowBody, windowQuery } from '@tutela/window';
import { type Static, Type } from 'typebox';

const uuid = Type.String({ format: 'uuid' });
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);
const decision = Type.Enum(['confirmed', 'dismissed']);
const reason = Type.String({ minLength: 1, maxLength: 3000, pattern: '\\S' });

/** Matches of the same bytes or nearly the same picture, decided once. */
export const stackBody = Type.Object({
  stackId: uuid,
  madeAt: Type.String(),
  lastFoundAt: Type.String(),
  /** Matches in it, and how they stand. */
  members: Type.Integer(),
  waiting: Type.Integer(),
  confirmed: Type.Integer(),
  dismissed: Type.Integer(),
  accounts: Type.Integer(),
  /** Different files: by their bytes. */
  files: Type.Integer(),
  /** Looks at any of these bytes in this agency. */
  views: Type.Integer(),
  /** The match whose preview stands for all. */
  top: uuid,
  kind: Type.Enum(['exact', 'near']),
  list: Type.String(),
  /** The newest word on any of them: what this agency has seen is not seen again. */
  earlier: nullable(
    Type.Object({
      decision,
      basis: Type.Enum(['review', 'policy-exact']),
      decidedBy: Type.String(),
      decidedAt: Type.String(),
      reason: Type.String(),
    }),
  ),
});
export const stacksQuery = Type.Object({
  state: Type.Optional(Type.Enum(['waiting', 'decided', 'all'])),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  before: Type.Optional(uuid),
});
export const stacksBody = Type.Object({ stacks: Type.Array(stackBody), next: nullable(uuid) });

/** The queue in windows of any length; `list` and `account`: at least one of the stack is of it. */
const stackFilter = {
  state: Type.Optional(Type.Enum(['waiting', 'decided', 'all'])),
  kind: Type.Optional(Type.Enum(['exact', 'near'])),
  list: Type.Optional(Type.String({ maxLength: 300 })),
  account: Type.Optional(Type.String({ maxLength: 1000 })),
};
export const stacksWindowQuery = Type.Object({ ...windowQuery, ...stackFilter });
export const stackNeighboursQuery = Type.Object(stackFilter);
export const stackNeighboursBody = Type.Object({ before: nullable(uuid), after: nullable(uuid) });
export const stacksWindowBody = windowBody(stackBody);

/** What was decided on a stack, what was taken back, and who looked, newest first. */
export const stackHistoryBody = Type.Object({
  events: Type.Array(
    Type.Object({
      id: Type.String(),
      type: Type.Enum(['confirmed', 'dismissed', 'reversed', 'viewed', 'found']),
      at: Type.String(),
      actor: Type.String(),
      reason: nullable(Type.String()),
      /** Matches that it was about. */
      matches: Type.Integer(),
    }),
  ),
});

export const stackMembersQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  after: Type.Optional(uuid),
});
export const stackMembersBody = Type.Object({
  members: Type.Array(
    Type.Object({
      match: uuid,
      because: Type.Enum(['first', 'same-bytes', 'looks-alike']),
      /** Bits of 256 from the first one (PDQ). */
      distance: nullable(Type.Integer()),
      account: Type.String(),
      name: Type.String(),
      sha256: Type.String(),
      foundAt: Type.String(),
      decision: nullable(decision),
    }),
  ),
  next: nullable(uuid),
});

export const stackDecisionBody = Type.Object({ decision, reason });
export const stackDecidedBody = Type.Object({ stack: uuid, decided: Type.Integer() });
export const stackReversalBody = Type.Object({ reason });
export const stackReversedBody = Type.Object({ stack: uuid, reversed: Type.Integer(), filed: Type.Integer() });

export type StackBody = Static<typeof stackBody>;
export type StacksBody = Static<typeof stacksBody>;
export type StackMembersBody = Static<typeof stackMembersBody>;
export type StacksWindowBody = Static<typeof stacksWindowBody>;
export type StackHistoryBody = Static<typeof stackHistoryBody>;
export type StackNeighboursBody = Static<typeof stackNeighboursBody>;
