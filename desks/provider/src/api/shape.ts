import { type Static, type TSchema, Type } from 'typebox';

export const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
export const text = Type.String();
export const count = Type.Integer({ minimum: 0 });
/** RFC 3339, UTC. */
export const instant = Type.String();
export const someText = Type.String({ minLength: 1, maxLength: 3000 });
export const counts = Type.Record(Type.String(), count);
export const asStated = Type.Object({}, { additionalProperties: true });
export const dayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
export const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

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
