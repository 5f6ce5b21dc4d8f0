import { type TSchema, Type } from 'typebox';

/** Positive, at most 2^63 − 1; digits, since JavaScript's numbers end earlier. */
export const reportNumber = Type.String({ pattern: '^[1-9][0-9]{0,17}$' });

/** Keyset paging: rows below `before`, `limit` of them at most. */
export const page = {
  before: Type.Optional(reportNumber),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
} as const;

export const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
