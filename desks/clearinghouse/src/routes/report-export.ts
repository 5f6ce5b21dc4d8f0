import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Clock } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import { actorOf } from '@tutela/http';
import type { Compartment } from '@tutela/vault';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { DisclosureForm } from '../events.js';
import { type Disclosure, disclose } from '../export/disclose.js';
import { reportJson } from '../export/report-json.js';
import { reportPdf } from '../export/report-pdf.js';
import { reportZip } from '../export/report-zip.js';
import { reportNumber } from './parameters.js';

interface ExportDeps {
  readonly db: Db;
  readonly vault: Compartment;
  readonly clock: Clock;
}

const schema = { params: Type.Object({ reportNumber }) };

/**
 * `GET /clearinghouse/reports/:reportNumber/export`, `…/export.zip`, `…/export.pdf`: a finished report as police receive
 * it. Who asked for which is in the ledger before the answer begins.
 */
export const reportExportRoutes =
  (deps: ExportDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const answer = async (
      request: Pick<FastifyRequest, 'headers'> & { readonly params: { readonly reportNumber: string } },
      reply: FastifyReply,
      form: DisclosureForm,
      body: (disclosure: Disclosure) => unknown,
    ): Promise<FastifyReply> => {
      const number = request.params.reportNumber as ReportNumber;
      const disclosed = await disclose(deps, { reportNumber: number, form, actor: actorOf(request) });
      if (disclosed.kind !== 'done') return await reply.code(404).send({ ...disclosed.reason });
      return await reply
        .type(mediaTypes[form])
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="report-${number}.${form}"`)
        .send(await body(disclosed.value));
    };
    const path = '/clearinghouse/reports/:reportNumber/export';
    server.get(path, { schema }, (request, reply) => answer(request, reply, 'json', reportJson));
    server.get(`${path}.zip`, { schema }, (request, reply) =>
      answer(request, reply, 'zip', (disclosure) => reportZip(deps.vault, disclosure)),
    );
    server.get(`${path}.pdf`, { schema }, (request, reply) => answer(request, reply, 'pdf', reportPdf));
  };

const mediaTypes: Readonly<Record<DisclosureForm, string>> = {
  json: 'application/json; charset=utf-8',
  zip: 'application/zip',
  pdf: 'application/pdf',
};
