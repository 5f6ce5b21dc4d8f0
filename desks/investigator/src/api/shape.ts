import { type Static, type TSchema, Type } from 'typebox';

export const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
export const text = Type.String();
export const count = Type.Integer({ minimum: 0 });
/** RFC 3339, UTC. */
export const instant = Type.String();
export const someText = Type.String({ minLength: 1, maxLength: 3000 });
export const uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
export const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
export const caseRef = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$' });
export const caseParams = Type.Object({ caseRef });
export const counts = Type.Record(Type.String(), count);
/** As a document states it, in the shapes of its own schema. */
export const asStated = Type.Object({}, { additionalProperties: true });

/** RFC 9457. */
export const problemBody = Type.Object({
  type: text,
  title: text,
  status: Type.Integer(),
  /** What to do about it, by name. */
  code: text,
  detail: Type.Optional(text),
});
export type ProblemBody = Static<typeof problemBody>;

/** A page: rows below `before`; `next` is the `before` of the following page, null on the last. */
export const pageQuery = {
  before: Type.Optional(Type.String({ maxLength: 300 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
} as const;
export const next = nullable(text);
