import type { FastifyRequest } from 'fastify';
import type { ReportNumber } from '../schema/values.js';
import { type Answer, coded } from './answer.js';
import type { ServerContext } from './context.js';
import { discard, reportNumberOf } from './form.js';
import type { Received, Reporter } from './report-store.js';
import { decide, refusalOf } from './state.js';

/** `POST /upload`: parts `id` and `file` in either order; the file goes to the store as it arrives. */
export const upload = async (request: FastifyRequest, reporter: Reporter, context: ServerContext): Promise<Answer> => {
  if (!request.isMultipart()) return coded('invalid-request', { reason: 'parts id and file are needed' });
  const form = await readForm(request, reporter, context);
  if (form.kind === 'refused') return form.answer;
  const { reportId, name, received } = form;
  return await context.store.change(reporter, reportId, async (held) => {
    const act = { kind: 'upload', fileId: context.newFileId(), name, received } as const;
    const { effect, answer } = decide(held.state, reportId, act, context.clock.now());
    if (effect !== undefined) await held.apply(effect);
    return answer;
  });
};

type Form =
  | { readonly kind: 'read'; readonly reportId: ReportNumber; readonly name: string; readonly received: Received }
  | { readonly kind: 'refused'; readonly answer: Answer };

const readForm = async (request: FastifyRequest, reporter: Reporter, context: ServerContext): Promise<Form> => {
  let id: string | undefined;
  let file: { readonly name: string; readonly received: Received } | undefined;
  let refusal: Answer | undefined;
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      if (part.fieldname === 'id') id = String(part.value);
    } else if (part.fieldname !== 'file' || refusal !== undefined) {
      await discard(part);
    } else {
      refusal = await refusedBeforehand(id, reporter, context);
      if (refusal === undefined) file = { name: part.filename ?? '', received: await context.store.receive(part.file) };
      else await discard(part);
      if (part.file.truncated) refusal = coded('malformed-file', { reason: 'the file is larger than accepted here' });
    }
  }
  if (refusal !== undefined) return { kind: 'refused', answer: refusal };
  const reportId = reportNumberOf(id);
  if (reportId === undefined) {
    return { kind: 'refused', answer: coded('invalid-request', { reason: 'part id holds no report number' }) };
  }
  if (file === undefined)
    return { kind: 'refused', answer: coded('malformed-file', { reason: 'part file is missing' }) };
  return { kind: 'read', reportId, ...file };
};

/** Spares the store bytes that no report will hold; the decision itself is taken when they have arrived. */
const refusedBeforehand = async (
  id: string | undefined,
  reporter: Reporter,
  { store, clock }: ServerContext,
): Promise<Answer | undefined> => {
  const reportId = reportNumberOf(id);
  if (reportId === undefined) return undefined;
  return await store.change(reporter, reportId, async ({ state }) => refusalOf(state, reportId, clock.now()));
};
