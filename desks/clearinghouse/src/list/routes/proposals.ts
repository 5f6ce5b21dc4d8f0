import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FileId, ReportNumber } from '@tutela/cybertip';
import { personOf, refuse } from '@tutela/http';
import type { Ed25519Approval } from '@tutela/policy';
import { type Static, Type } from 'typebox';
import { nullable, reportNumber } from '../../routes/parameters.js';
import { receiveCandidate } from '../curate/candidates.js';
import type { NewEntry } from '../curate/new-entry.js';
import { propose } from '../curate/propose.js';
import { proposeReportFile } from '../curate/propose-report-file.js';
import { vouch } from '../curate/vouch.js';
import type { ListDeps } from '../deps.js';
import { waitingCandidates } from '../queries/candidates.js';
import { waitingBatches } from '../queries/entries.js';
import type { BatchId, CandidateId, ListId } from '../schema.js';
import { batchEntries, entryJson, entryShape } from './entries.js';
import { count, digest, fingerprints, listParams, media, text, uuid } from './shapes.js';

export const proposalBody = Type.Object({
  batch: uuid,
  digest,
  size: count,
  proposedBy: Type.String(),
  proposedAt: Type.String(),
  expiresAt: Type.String(),
  rule: Type.Enum(['two-reviewers', 'two-organisations']),
  /** The member whose canaries these are. */
  recipient: nullable(Type.String()),
  vouchedBy: Type.Array(Type.String()),
});

const verdict = Type.Object({ classifier: text, version: text, label: text, score: Type.Number() });
export const candidateBody = Type.Object({
  candidate: uuid,
  media,
  fingerprints,
  origin: Type.Enum(['report', 'hotline', 'investigator']),
  ref: Type.String(),
  receivedAt: Type.String(),
  verdicts: Type.Array(verdict),
});

const newEntry = Type.Object({
  media,
  fingerprints,
  classification: Type.Optional(text),
  category: text,
  provenance: Type.Object({ kind: Type.Enum(['report', 'hotline', 'investigator', 'member']), ref: text }),
  vetting: text,
  candidate: Type.Optional(uuid),
});

const newEntryOf = ({ candidate, ...entry }: Static<typeof newEntry>): NewEntry => ({
  ...entry,
  ...(candidate === undefined ? {} : { candidate: candidate as CandidateId }),
});

const approval = Type.Object({
  v: Type.Literal(1),
  method: Type.Literal('ed25519'),
  request: digest,
  person: Type.String(),
  at: Type.String({ format: 'date-time' }),
  credentialId: Type.String(),
  signature: Type.String({ maxLength: 200 }),
});

/**
 * What waits for a reviewer (`GET …/proposals`, `GET …/proposals/:batch` with its entries), `POST …/proposals` by who
 * sits at the page, and `POST /clearinghouse/list/vouchers` for a word signed with a key file. With a passkey reviewers
 * sign at the page for approvals; what is signed there is listed with the next round.
 */
export const listProposalRoutes =
  (deps: ListDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(
      '/clearinghouse/list/:list/proposals',
      { schema: { params: listParams, response: { 200: Type.Object({ proposals: Type.Array(proposalBody) }) } } },
      async ({ params }) => {
        const rows = await waitingBatches(deps.db, params.list as ListId, deps.clock.now());
        return {
          proposals: rows.map((row) => ({
            batch: row.batch_id,
            digest: row.request_digest,
            size: row.size,
            proposedBy: row.proposed_by,
            proposedAt: row.proposed_at,
            expiresAt: row.expires_at,
            rule: row.rule,
            recipient: row.recipient,
            vouchedBy: [...row.vouched_by],
          })),
        };
      },
    );

    const named = Type.Object({ ...listParams.properties, batch: uuid });
    server.get(
      '/clearinghouse/list/:list/proposals/:batch',
      { schema: { params: named, response: { 200: Type.Object({ entries: Type.Array(entryShape) }) } } },
      async ({ params }) => ({
        entries: (await batchEntries(deps, params.list as ListId, params.batch as BatchId)).map(entryJson),
      }),
    );

    const body = Type.Object({ entries: Type.Array(newEntry, { minItems: 1, maxItems: 1000 }) });
    const proposed = Type.Object({ batch: uuid, digest, size: count });
    server.post(
      '/clearinghouse/list/:list/proposals',
      { schema: { params: listParams, body, response: { 200: proposed } } },
      async (request, reply) => {
        const entries = request.body.entries.map(newEntryOf);
        const put = await propose(deps, { list: request.params.list as ListId, by: personOf(request), entries });
        return put.kind === 'done' ? put.value : refuse(reply, put.reason);
      },
    );

    const reported = Type.Object({
      reportNumber,
      fileId: Type.String({ pattern: '^[0-9a-f]{32}$' }),
      classification: Type.Optional(text),
      category: text,
      vetting: text,
    });
    server.post(
      '/clearinghouse/list/:list/proposals/from-report',
      { schema: { params: listParams, body: reported, response: { 200: proposed } } },
      async (request, reply) => {
        const { reportNumber: number, fileId, ...judged } = request.body;
        const file = { reportNumber: number as ReportNumber, fileId: fileId as FileId };
        const asked = { ...judged, ...file, list: request.params.list as ListId, by: personOf(request) };
        const put = await proposeReportFile(deps, asked);
        return put.kind === 'done' ? put.value : refuse(reply, put.reason);
      },
    );

    const vouched = Type.Object({ batch: uuid, state: Type.Enum(['vouched-once', 'listed']) });
    server.post(
      '/clearinghouse/list/vouchers',
      { schema: { body: approval, response: { 200: vouched } } },
      async (request, reply) => {
        // The moment is ours: it is not under the signature.
        const word = { ...request.body, at: deps.clock.now() } as Ed25519Approval;
        const taken = await vouch(deps, word);
        return taken.kind === 'done' ? taken.value : refuse(reply, taken.reason);
      },
    );

    server.get(
      '/clearinghouse/list/:list/candidates',
      { schema: { params: listParams, response: { 200: Type.Object({ candidates: Type.Array(candidateBody) }) } } },
      async ({ params }) => ({
        candidates: (await waitingCandidates(deps.db, params.list as ListId, 500)).map((row) => ({
          candidate: row.candidate_id,
          media: row.media,
          fingerprints: { ...row.fingerprints },
          origin: row.origin,
          ref: row.origin_ref,
          receivedAt: row.received_at,
          verdicts: row.verdicts.map((each) => ({ ...each })),
        })),
      }),
    );

    const origin = Type.Object({ kind: Type.Enum(['report', 'hotline', 'investigator']), ref: text });
    server.post(
      '/clearinghouse/list/:list/candidates',
      {
        schema: {
          params: listParams,
          body: Type.Object({ media, fingerprints, origin }),
          response: { 200: Type.Object({ candidate: uuid }) },
        },
      },
      async (request, reply) => {
        const asked = { list: request.params.list as ListId, by: personOf(request), ...request.body };
        const received = await receiveCandidate(deps, asked);
        return received.kind === 'done' ? { candidate: received.value as CandidateId } : refuse(reply, received.reason);
      },
    );
  };
