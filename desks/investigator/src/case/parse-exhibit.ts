import { done, type Outcome, parseInstant, refused, type UtcInstant } from '@tutela/core';
import { z } from 'zod';
import type { NewExhibit } from './exhibits.js';

const text = z.string().trim().min(1).max(1000);
const instant = z.string().transform((value, context): UtcInstant => {
  const moment = parseInstant(value);
  if (moment !== undefined) return moment;
  context.addIssue({ code: 'custom', message: 'a moment needs a date, a time and a zone' });
  return z.NEVER;
});

const schema = z.strictObject({
  number: text,
  parent: text.exactOptional(),
  description: text,
  seizedAt: instant.exactOptional(),
  seizedPlace: text.exactOptional(),
  seizedBy: text.exactOptional(),
  seizedFrom: text.exactOptional(),
  make: text.exactOptional(),
  serial: text.exactOptional(),
  capacityBytes: z.int().min(0).exactOptional(),
  sealIds: z.array(text).exactOptional(),
  storagePlace: text.exactOptional(),
  imageFormat: text.exactOptional(),
  sha256: text.exactOptional(),
  sha1: text.exactOptional(),
  md5: text.exactOptional(),
  acquisition: z
    .strictObject({
      tool: text.exactOptional(),
      toolVersion: text.exactOptional(),
      settings: text.exactOptional(),
      writeBlocker: text.exactOptional(),
      readErrors: z.array(text).exactOptional(),
      segments: z.array(z.strictObject({ name: text, sha256: z.string().regex(/^[0-9a-f]{64}$/) })).exactOptional(),
    })
    .exactOptional(),
  timeZone: text.exactOptional(),
  clockOffsetSeconds: text.exactOptional(),
});

/** An exhibit as a JSON file states it. A member that is not known is refused, so that nothing is lost by a slip. */
export const parseExhibit = (caseRef: string, value: unknown): Outcome<NewExhibit, 'malformed-exhibit'> => {
  const read = schema.safeParse(value);
  if (read.success) return done({ caseRef, ...read.data });
  const [issue] = read.error.issues;
  return refused('malformed-exhibit', `${issue?.path.join('.') || 'exhibit'}: ${issue?.message ?? 'not valid'}`);
};
