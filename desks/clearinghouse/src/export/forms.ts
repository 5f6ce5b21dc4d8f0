import type { Compartment } from '@tutela/vault';
import type { FastifyReply } from 'fastify';
import type { DisclosureForm } from '../events.js';
import type { Disclosure } from './disclose.js';
import { reportJson } from './report-json.js';
import { reportPdf } from './report-pdf.js';
import { reportZip } from './report-zip.js';

const mediaTypes: Readonly<Record<DisclosureForm, string>> = {
  json: 'application/json; charset=utf-8',
  zip: 'application/zip',
  pdf: 'application/pdf',
};

/** Answers with a report that was disclosed, in the form that the record names. */
export const sendReport = async (
  reply: FastifyReply,
  vault: Compartment,
  { form, disclosure }: { readonly form: DisclosureForm; readonly disclosure: Disclosure },
): Promise<FastifyReply> => {
  reply
    .type(mediaTypes[form])
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="report-${disclosure.reportNumber}.${form}"`);
  return await reply.send(await bodyOf(vault, form, disclosure));
};

const bodyOf = (vault: Compartment, form: DisclosureForm, disclosure: Disclosure) => {
  switch (form) {
    case 'json':
      return reportJson(disclosure);
    case 'pdf':
      return reportPdf(disclosure);
    case 'zip':
      return reportZip(vault, disclosure);
  }
};
