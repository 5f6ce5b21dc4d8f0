import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { readScalar } from '../codec/lexical.js';
import type { ReportNumber } from '../schema/values.js';

/** The report number a client wrote; `undefined` when it is none. */
export const reportNumberOf = (text: string | undefined): ReportNumber | undefined => {
  const read = readScalar({ kind: 'reportNumber' }, text ?? '');
  return read.kind === 'value' ? (String(read.value) as ReportNumber) : undefined;
};

/** Field `id` of `/finish` and `/retract`, in either encoding (protocols.md §1.2). */
export const readId = async (request: FastifyRequest): Promise<ReportNumber | undefined> => {
  if (!request.isMultipart()) {
    const text = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
    return reportNumberOf(new URLSearchParams(text).get('id') ?? undefined);
  }
  let id: string | undefined;
  for await (const part of request.parts()) {
    if (part.type === 'file') await discard(part);
    else if (part.fieldname === 'id') id = String(part.value);
  }
  return reportNumberOf(id);
};

/** Reads a part to its end and forgets it: an answer before the end of the request is lost on many clients. */
export const discard = async (part: MultipartFile): Promise<void> => {
  for await (const _ of part.file) {
    // Nothing to keep.
  }
};
