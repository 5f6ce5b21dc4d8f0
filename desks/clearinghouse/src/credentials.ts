import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Clock, newId } from '@tutela/core';
import type { Reporter, ReporterId } from '@tutela/cybertip';
import { type Db, inTransaction } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { ClearinghouseError } from './clearinghouse-error.js';
import { credentialsEvent } from './events.js';
import { findReporter, putReporter } from './queries/filing.js';

export interface Issued {
  readonly reporterId: ReporterId;
  readonly username: string;
  /** Shown this once: only its digest is kept. */
  readonly password: string;
}

/**
 * Credentials for a service that may file here; issuing them again replaces the password and keeps the reporter.
 * @throws ClearinghouseError `unusable-username` (HTTP Basic, RFC 7617, ends a username at its first colon)
 */
export const issueCredentials = async (
  deps: { readonly db: Db; readonly clock: Clock },
  { username, organisation }: { readonly username: string; readonly organisation: string },
): Promise<Issued> => {
  if (!/^[\x21-\x39\x3b-\x7e]{1,100}$/.test(username)) {
    throw new ClearinghouseError('unusable-username', 'a username has 1 to 100 visible ASCII characters and no colon');
  }
  const password = randomBytes(32).toString('base64url');
  const row = {
    reporter_id: newId<ReporterId>(),
    username,
    organisation,
    password_sha256: digest(password),
    issued_at: deps.clock.now(),
  };
  const reporterId = await inTransaction(deps.db, async (tx) => {
    const id = await putReporter(tx, row);
    await appendEvent(tx, credentialsEvent(id, row.issued_at));
    return id;
  });
  return { reporterId, username, password };
};

/** Takes the same way for an unknown name as for a wrong password. */
export const authenticate = async (db: Db, username: string, password: string): Promise<Reporter | undefined> => {
  const row = await findReporter(db, username);
  const same = timingSafeEqual(digest(password), row?.password_sha256 ?? nobody);
  return row !== undefined && same ? { id: row.reporter_id, username: row.username } : undefined;
};

const digest = (password: string): Buffer => createHash('sha256').update(password, 'utf8').digest();
const nobody = randomBytes(32);
