import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Clock } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import { actorOf } from '@tutela/http';
import type { Compartment } from '@tutela/vault';
import { Type } from 'typebox';
import { disclose } from '../export/disclose.js';
import { sendReport } from '../export/forms.js';
import { reportNumber } from './parameters.js';

interface ExportDeps {
  readonly db: Db;
  readonly vault: Compartment;
  readonly clock: Clock;
}

const schema = { params: Type.Object({ reportNumber }) };
const endings = { json: '', zip: '.zip', pdf: '.pdf' } as const;

/**
 * `GET /clearinghouse/reports/:reportNumber/export`, `…/export.zip`, `…/export.pdf`: a finished report as police receive
 * it. Who asked for which is in the ledger before the answer begins.
 */
export const reportExportRoutes =
  (deps: ExportDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    for (const form of ['json', 'zip', 'pdf'] as const) {
      server.get(`/clearinghouse/reports/:reportNumber/export${endings[form]}`, { schema }, async (request, reply) => {
        const number = request.params.reportNumber as ReportNumber;
        const disclosed = await disclose(deps, { reportNumber: number, form, actor: actorOf(request) });
        if (disclosed.kind !== 'done') return await reply.code(404).send({ ...disclosed.reason });
        return await sendReport(reply, deps.vault, { form, disclosure: disclosed.value });
      });
    }
  };
