import { done, type Outcome, refused } from '@tutela/core';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { instantSchema, sha256Schema } from './asked-observation.js';

export const orderStateFormat = 'tutela-attribution-state/1';

/**
 * Where an order stands. `received`: waits for two people at the provider; `released`: the answers can be fetched;
 * `declined`: a person there turned it down; `expired`: its time ended before anybody released it.
 */
export const orderStateSchema = Type.Object(
  {
    format: Type.Literal(orderStateFormat),
    orderId: Type.String({ minLength: 1 }),
    orderSha256: sha256Schema,
    reference: Type.String(),
    state: Type.Enum(['received', 'released', 'declined', 'expired']),
    receivedAt: instantSchema,
    expiresAt: instantSchema,
    /** When it was released or declined. */
    settledAt: Type.Optional(instantSchema),
    /** Why it was declined. */
    reason: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type OrderState = Static<typeof orderStateSchema>;

/** A state from JSON. */
export const readOrderState = (value: unknown): Outcome<OrderState, 'state-malformed'> =>
  Value.Check(orderStateSchema, value)
    ? done(value)
    : refused('state-malformed', 'the state has another form than docs/attribution-exchange.md says');

/** What comes instead of a state or answer, with a status of 400 or above. `observations` name places in the order. */
export const exchangeProblemSchema = Type.Object({
  code: Type.String(),
  message: Type.String(),
  observations: Type.Optional(
    Type.Array(Type.Object({ at: Type.Integer({ minimum: 0 }), code: Type.String(), message: Type.String() })),
  ),
});
export type ExchangeProblem = Static<typeof exchangeProblemSchema>;
