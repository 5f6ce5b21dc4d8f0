import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { parseInstant } from '@tutela/core';
import { nearBits } from '@tutela/fingerprint';
import { z } from 'zod';
import type { Platform } from '../platform.js';
import { PlatformError } from '../platform-error.js';

/** Fields of the form beside `file`; they come before it. */
const fields = z.object({
  id: z.uuid().optional(),
  account: z.string().min(1).max(255),
  list: z.string().min(1),
  uploadedAt: z.string().transform((text, context) => {
    const instant = parseInstant(text);
    if (instant !== undefined) return instant;
    context.addIssue({ code: 'custom', message: 'not a moment with its zone, such as 2026-03-01T10:15:00Z' });
    return z.NEVER;
  }),
  ip: z.union([z.ipv4(), z.ipv6()]).optional(),
  port: z.coerce.number().int().min(1).max(65_535).optional(),
  threshold: z.coerce.number().int().min(0).max(255).default(nearBits),
});

/** `POST /platform/uploads`: a form with the fields above and one `file`. Answers with one of the four outcomes. */
export const uploadRoute =
  (platform: Platform): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post('/platform/uploads', async (request, reply) => {
      const file = await request.file();
      if (file === undefined) return reply.code(400).send(problem('no-file', 'The form has no part named file.'));
      const bytes = await file.toBuffer();
      const values = Object.entries(file.fields).flatMap(([name, part]) =>
        part !== undefined && 'value' in part ? [[name, part.value]] : [],
      );
      const read = fields.safeParse(Object.fromEntries(values));
      if (!read.success) return reply.code(400).send(problem('bad-fields', z.prettifyError(read.error)));
      const upload = { ...given(read.data), name: file.filename, bytes };
      return platform.receiveUpload(upload).catch((error: unknown) => {
        if (!(error instanceof PlatformError)) throw error;
        return reply.code(error.code === 'no-such-list' ? 404 : 409).send(problem(error.code, error.message));
      });
    });
  };

const given = ({ id, ip, port, ...rest }: z.infer<typeof fields>) => ({
  ...rest,
  ...(id === undefined ? {} : { id }),
  ...(ip === undefined ? {} : { ip }),
  ...(port === undefined ? {} : { port }),
});

export const problem = (code: string, detail: string) => ({ type: `tutela:${code}`, title: code, detail });
