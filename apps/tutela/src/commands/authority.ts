import path from 'node:path';
import { systemClock } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { type AuthorityId, type AuthorityRecord, standingOf, versionsInPlay } from '@tutela/policy';
import { endAuthority, enterAuthority, loadGrounds } from '@tutela/policy/postgres';
import { actorOf } from '../config/actor.js';
import { printJson, type TutelaContext } from '../context.js';
import { accepted } from '../output/accepted.js';
import { printRows } from '../output/rows.js';
import { granted } from '../policy/refusals.js';
import { requestBody } from '../policy/request-body.js';
import { TutelaError } from '../tutela-error.js';
import { readJson } from './exhibit.js';
import type { DataFlags, OutputFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

type JsonFlags = DataFlags & { readonly json: boolean };
export type AuthorityRevokeFlags = JsonFlags & { readonly reason: string };

/** Enters an authority from a file; who enters it and when is said by this command, not by the file. */
export async function authorityEnter(this: TutelaContext, flags: JsonFlags, file: string): Promise<void> {
  const stated = await readJson(path.resolve(this.folder, file));
  const given = { ...(stated as object), enteredBy: actorOf(this.env), enteredAt: systemClock.now() };
  const state = await withWorkplace(this, flags, 'writes', async ({ database: { db } }) =>
    granted(await inTransaction(db, (tx) => enterAuthority(tx, given))),
  );
  if (flags.json) printJson(this, { v: 1, request: requestBody(state) });
  else this.process.stdout.write(`${state.digest}\n`);
  this.log('It grants nothing until somebody else has read it against the document: tutela approval show, approve.');
}

export async function authorityList(
  this: TutelaContext,
  flags: DataFlags & OutputFlags,
  caseRef: string,
): Promise<void> {
  const at = systemClock.now();
  const { authorities } = await withWorkplace(this, flags, 'reads', ({ database: { db } }) => loadGrounds(db, caseRef));
  const rows = versionsInPlay(authorities, at).map((record) => ({ ...record, standing: standingOf(record, at) }));
  printRows(this, flags, { name: 'authorities', empty: 'No authority was entered for this case.' }, rows, [
    { heading: 'authority', of: ({ authority }) => authority.id },
    { heading: 'version', of: ({ authority }) => authority.version },
    { heading: 'kind', of: ({ authority }) => authority.kind },
    { heading: 'file', of: ({ authority }) => authority.fileNumber },
    { heading: 'steps', of: ({ authority }) => authority.grants.join(' ') },
    { heading: 'until', of: ({ authority }) => authority.to.slice(0, 16) },
    { heading: 'standing', of: ({ standing }) => standing },
  ]);
}

/** Every version of one authority, with what became of it; always as JSON, since it is a document. */
export async function authorityShow(this: TutelaContext, flags: DataFlags, caseRef: string, id: string): Promise<void> {
  const { authorities } = await withWorkplace(this, flags, 'reads', ({ database: { db } }) => loadGrounds(db, caseRef));
  const versions: readonly AuthorityRecord[] = authorities.filter(({ authority }) => authority.id === id);
  if (versions.length === 0)
    throw new TutelaError('usage', `There is no authority ${id} in ${caseRef}.`, 'tutela authority list names them.');
  printJson(this, { v: 1, versions });
}

export async function authorityRevoke(this: TutelaContext, flags: AuthorityRevokeFlags, id: string): Promise<void> {
  const end = { by: actorOf(this.env), at: systemClock.now(), reason: flags.reason };
  await withWorkplace(this, flags, 'writes', async ({ database: { db } }) =>
    accepted(await inTransaction(db, (tx) => endAuthority(tx, id as AuthorityId, end))),
  );
  if (flags.json) printJson(this, { v: 1, authority: id, ended: end });
  this.log('What runs on it stops at its next heartbeat; what was derived under it is hidden, not deleted.');
}
