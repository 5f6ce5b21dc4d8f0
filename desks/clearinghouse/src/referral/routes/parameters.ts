import type { UtcInstant } from '@tutela/core';
import { Type } from 'typebox';

export const uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
export const problem = Type.Object({ code: Type.String(), message: Type.String() });
export const reason = Type.String({ minLength: 1, maxLength: 1000 });

/** Keyset paging by moment and id: `before` is the `next` of the page before. */
export const keyset = {
  before: Type.Optional(
    Type.String({
      pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z,[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
    }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
} as const;

export const cursorOf = (
  before: string | undefined,
): { readonly before?: { readonly at: UtcInstant; readonly id: string } } => {
  const [at, id] = before?.split(',') ?? [];
  return at === undefined || id === undefined ? {} : { before: { at: at as UtcInstant, id } };
};

export const cursorText = (at: string | undefined, id: string | undefined): string | null =>
  at === undefined || id === undefined ? null : `${at},${id}`;
