import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { agencyEvent } from './events.js';
import { agencyWith, putAgency } from './queries/orders.js';

export interface IssuedCredential {
  readonly agencyId: string;
  readonly name: string;
  /** Shown this once: only its digest is kept. */
  readonly credential: string;
}

/** A credential for an agency that may send orders; issuing it again replaces the credential and keeps the agency. */
export const issueCredential = async (
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  name: string,
  by: string,
): Promise<IssuedCredential> => {
  const credential = randomBytes(32).toString('base64url');
  const row = {
    agency_id: randomUUID(),
    name,
    credential_sha256: digest(credential),
    issued_at: clock.now(),
  };
  return await inTransaction(db, async (tx) => {
    const agencyId = await putAgency(tx, row);
    await appendEvent(tx, agencyEvent({ ...row, agency_id: agencyId }, by));
    return { agencyId, name, credential };
  });
};

/** The agency of an `Authorization` header. The look-up is by digest, so that its time tells nothing of a credential. */
export const agencyOf = async (db: Db, authorization: string | undefined): Promise<string | undefined> => {
  const [, given] = /^bearer ([\x21-\x7e]{1,512})$/i.exec(authorization ?? '') ?? [];
  return given === undefined ? undefined : (await agencyWith(db, digest(given)))?.agency_id;
};

const digest = (credential: string): Buffer => createHash('sha256').update(credential, 'utf8').digest();
