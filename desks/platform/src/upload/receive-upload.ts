import { randomUUID } from 'node:crypto';
import type { JsonObject, UtcInstant } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { digestBytes } from '@tutela/fingerprint';
import type { PlatformDeps } from '../deps.js';
import { openFilingWhenDecided } from '../filing/open-filing.js';
import { confirmByPolicy } from '../match/confirm-by-policy.js';
import { type Examination, examine } from '../match/examine.js';
import { matchEffect, matchRow } from '../match/match-row.js';
import type { Matchers } from '../match/matchers.js';
import { PlatformError } from '../platform-error.js';
import { newestListVersion } from '../queries/lists.js';
import { insertMatches, insertUpload } from '../queries/matches.js';
import { program, record, rowOf } from '../record.js';

/** A file as the service hands it over while its user uploads it. */
export interface Upload {
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
  readonly reason?: { readonly code: string; readonly message: string };
  /** The match that waits for review or was confirmed by policy. */
  readonly match?: string;
}

/** @throws PlatformError `no-such-list` */
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
  const { hit, verdict, reason } = examination;
  if (hit !== undefined) await deps.vault.put(upload.bytes);

  const id = randomUUID();
  const { account, name, ip = null, port = null, uploadedAt: uploaded_at } = upload;
  const now = deps.clock.now();
  const result: JsonObject = { outcome: verdict, ...(reason === undefined ? {} : { reason: { ...reason } }) };
  const match =
    hit &&
    matchRow({
      ...{
        id: randomUUID(),
        origin: { scan: null, batch: null, upload: id },
        account,
        name,
        digests,
        examination,
        hit,
      },
      ...{ listVersion: version.id, foundAt: now },
    });
  await inTransaction(deps.db, async (tx) => {
    const sha256 = Buffer.from(digests.sha256);
    const moments = { uploaded_at, received_at: now };
    const row = { id, account, name, sha256, size: digests.size, ...moments, ip, port, result: JSON.stringify(result) };
    await insertUpload(tx, row);
    if (match !== undefined) await insertMatches(tx, [match]);
    await record(tx, deps, {
      type: 'upload-examined',
      actor: program,
      subjects: [`upload:${id}`, ...(match === undefined ? [] : [`match:${match.id}`])],
      payload: { upload: id, result },
      effects: [
        rowOf('upload', { id }, [
          'account',
          'name',
          'sha256',
          'size',
          'uploaded_at',
          'received_at',
          'ip',
          'port',
          'result',
        ]),
        ...(match === undefined ? [] : [matchEffect(match.id)]),
      ],
    });
    if (match === undefined) return;
    await confirmByPolicy(tx, deps, [match]);
    await openFilingWhenDecided(tx, deps, account);
  });
  return {
    upload: id,
    outcome: verdict,
    ...(reason === undefined ? {} : { reason: { code: reason.code, message: reason.message } }),
    ...(match === undefined ? {} : { match: match.id }),
  };
};
