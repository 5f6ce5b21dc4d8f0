import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Clock, done, type Outcome, refused } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { findAuthority } from '../authority-registry/queries.js';
import type { AuthorityId } from '../referral/schema.js';
import { authoritySubject, written } from '../referral/tell.js';
import { findCredential, putCredential } from './queries.js';

export interface IssuedFeedCredential {
  readonly authorityId: AuthorityId;
  /** Shown this once: only its digest is kept. */
  readonly credential: string;
}

/** The credential with which an authority fetches what is meant for it; issuing it again ends the one before. */
export const issueFeedCredential = async (
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  { authorityId, by }: { readonly authorityId: string; readonly by: string },
): Promise<Outcome<IssuedFeedCredential, 'authority-unknown'>> =>
  inTransaction(db, async (tx) => {
    const authority = await findAuthority(tx, authorityId);
    if (authority === undefined) return refused('authority-unknown', `the registry names no ${authorityId}`);
    const { authority_id } = authority;
    const credential = randomBytes(32).toString('base64url');
    const at = clock.now();
    await putCredential(tx, {
      authority_id,
      credential_sha256: digest(credential),
      issued_at: at,
      issued_by: by,
    });
    await appendEvent(tx, {
      type: 'clearinghouse.feed-credential-issued',
      actor: by,
      at,
      subjects: [authoritySubject(authority_id)],
      payload: {},
      effects: [written('feed_credential', { authority_id })],
    });
    return done({ authorityId: authority_id, credential });
  });

/**
 * The authority of an `Authorization` header (HTTP Basic, RFC 7617: its id and its credential). An unknown id takes the
 * same way as a wrong credential.
 */
export const authorityOf = async (db: Db, authorization: string | undefined): Promise<AuthorityId | undefined> => {
  const [, encoded = ''] = /^basic ([A-Za-z0-9+/=]{1,1000})$/i.exec(authorization ?? '') ?? [];
  const given = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = given.indexOf(':');
  const row = await findCredential(db, given.slice(0, Math.max(colon, 0)));
  const same = timingSafeEqual(digest(given.slice(colon + 1)), row?.credential_sha256 ?? nobody);
  return row !== undefined && same ? row.authority_id : undefined;
};

const digest = (credential: string): Buffer => createHash('sha256').update(credential, 'utf8').digest();
const nobody = randomBytes(32);
