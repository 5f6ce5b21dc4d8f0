import { randomUUID } from 'node:crypto';
import type { JsonObject, Reason, UtcInstant } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import { type Digests, digestBytes, type Pdq } from '@tutela/fingerprint';
import type { PlatformDeps } from '../deps.js';
import { openFilingWhenDecided } from '../filing/open-filing.js';
import { confirmByPolicy } from '../match/confirm-by-policy.js';
import { type Examination, examine } from '../match/examine.js';
import { matchEffect, matchRow, uuidOf } from '../match/match-row.js';
import type { Matchers } from '../match/matchers.js';
import { stackMatches } from '../match/stack-matches.js';
import { PlatformError } from '../platform-error.js';
import { newestListVersion } from '../queries/lists.js';
import { insertMatches, insertUpload, type NewMatch, uploadById } from '../queries/matches.js';
import { program, record, rowOf } from '../record.js';

/** A file as the service hands it over while its user uploads it. */
export interface Upload {
  /** The service's own identifier, a UUID: sent again, it is the same upload and gets the same answer. */
  readonly id?: string;
  readonly account: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** When the account uploaded it: not when we received, let alone found it. */
  readonly uploadedAt: UtcInstant;
  /** Source address and port of the account's connection, where the service has them. */
  readonly ip?: string;
  readonly port?: number;
  readonly list: string;
  /** Bits. */
  readonly threshold: number;
}

export interface ReceivedUpload {
  readonly upload: string;
  readonly outcome: Examination['verdict'];
  readonly reason?: Reason;
  /** The match that waits for review or was confirmed by policy. */
  readonly match?: string;
}

/** @throws PlatformError `no-such-list`, `upload-id-reused` (another file came under the same identifier) */
export const receiveUpload = async (
  deps: PlatformDeps & { readonly matchers: Matchers },
  upload: Upload,
): Promise<ReceivedUpload> => {
  const version = await newestListVersion(deps.db, upload.list);
  if (version === undefined) throw new PlatformError('no-such-list', `There is no list named ${upload.list}.`);
  const matcher = await deps.matchers.of(version.id);
  const digests = digestBytes(upload.bytes);
  const content = { name: upload.name, digests, bytes: upload.bytes };
  const examination = await examine(content, { matcher, decoder: deps.decoder, threshold: upload.threshold });
  if (examination.hit !== undefined) await deps.vault.put(upload.bytes);

  const id = upload.id ?? randomUUID();
  const match = matchOf(deps, id, upload, digests, examination, version.id);
  const { verdict: outcome, reason } = examination;
  const received = {
    upload: id,
    outcome,
    ...(reason === undefined ? {} : { reason: { code: reason.code, message: reason.message } }),
    ...(match === undefined ? {} : { match: match.id }),
  };
  const status = await inTransaction(deps.db, (tx) =>
    keep(tx, deps, upload, digests, received, match, examination.pdq),
  );
  return status === 'new' ? received : theFirstAnswer(deps, id, digests);
};

const matchOf = (
  deps: PlatformDeps,
  id: string,
  { account, name }: Upload,
  digests: Digests,
  examination: Examination,
  listVersion: string,
): NewMatch | undefined => {
  const { hit } = examination;
  if (hit === undefined) return undefined;
  const origin = { scan: null, batch: null, upload: id };
  const found = { account, name, digests, examination, hit, listVersion, foundAt: deps.clock.now() };
  return matchRow({ id: uuidOf(`upload/${id}`), origin, ...found });
};

const uploadColumns = ['account', 'name', 'sha256', 'size', 'uploaded_at', 'received_at', 'ip', 'port', 'result'];

const keep = async (
  tx: Tx,
  deps: PlatformDeps,
  { account, name, uploadedAt: uploaded_at, ip, port }: Upload,
  digests: Digests,
  received: ReceivedUpload,
  match: NewMatch | undefined,
  pdq: Pdq | undefined,
): Promise<'new' | 'known'> => {
  const id = received.upload;
  const file = { account, name, sha256: Buffer.from(digests.sha256), size: digests.size };
  const moments = { uploaded_at, received_at: deps.clock.now() };
  const row = { id, ...file, ...moments, ip: ip ?? null, port: port ?? null, result: JSON.stringify(received) };
  if ((await insertUpload(tx, row)) === 'known') return 'known';
  if (match !== undefined)
    await stackMatches(
      tx,
      (await insertMatches(tx, [match])).map((row) => ({ row, pdq })),
    );
  await record(tx, deps, {
    type: 'upload-examined',
    actor: program,
    subjects: [`upload:${id}`, ...(match === undefined ? [] : [`match:${match.id}`])],
    payload: received as unknown as JsonObject,
    effects: [rowOf('upload', { id }, uploadColumns), ...(match === undefined ? [] : [matchEffect(match.id)])],
  });
  if (match !== undefined) {
    await confirmByPolicy(tx, deps, [match]);
    await openFilingWhenDecided(tx, deps, account);
  }
  return 'new';
};

const theFirstAnswer = async (deps: PlatformDeps, id: string, digests: Digests): Promise<ReceivedUpload> => {
  const known = await uploadById(deps.db, id);
  if (known?.sha256.equals(digests.sha256)) return known.result as unknown as ReceivedUpload;
  throw new PlatformError('upload-id-reused', `Another file was uploaded under ${id}.`);
};
