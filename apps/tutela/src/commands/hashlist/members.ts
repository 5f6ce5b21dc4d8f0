import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { ListId, MemberId } from '@tutela/clearinghouse-desk';
import { hashKinds, readHashList } from '@tutela/hashlist';
import { type PersonId, parsePersonId } from '@tutela/policy';
import { actorOf } from '../../config/actor.js';
import { printJson, type TutelaContext } from '../../context.js';
import { accepted } from '../../output/accepted.js';
import { printRows } from '../../output/rows.js';
import { granted } from '../../policy/refusals.js';
import { TutelaError } from '../../tutela-error.js';
import type { DataFlags, OutputFlags } from '../flags.js';
import { withWorkplace } from '../with-workplace.js';

type JsonFlags = DataFlags & { readonly json: boolean };
export type HashlistReviewerFlags = JsonFlags & { readonly organisation: string };
export type HashlistAdmitFlags = JsonFlags & { readonly username: string; readonly quota: number };
export type HashlistTraceFlags = DataFlags & OutputFlags & { readonly hex64?: 'sha256' | 'pdq' };

export async function reviewer(this: TutelaContext, flags: HashlistReviewerFlags, name: string): Promise<void> {
  const person = parsePersonId(name);
  if (person === undefined)
    throw new TutelaError('usage', `${name} is no pseudonym.`, 'tutela person list names who is enrolled.');
  const asked = { person, organisation: flags.organisation, by: actorOf(this.env) };
  await withWorkplace(this, flags, 'writes', ({ desks }) => desks.clearinghouse.lists.nameReviewer(asked));
  if (flags.json) printJson(this, { v: 1, person, organisation: flags.organisation });
  else this.process.stdout.write(`${person} vouches for ${flags.organisation}\n`);
}

export async function admit(this: TutelaContext, flags: HashlistAdmitFlags, name: string): Promise<void> {
  const asked = { name, username: flags.username, requestsPerMinute: flags.quota, by: actorOf(this.env) };
  const made = accepted(
    await withWorkplace(this, flags, 'writes', ({ desks }) => desks.clearinghouse.lists.admitMember(asked)),
  );
  if (flags.json) printJson(this, { v: 1, ...made });
  else {
    this.process.stdout.write(`member ${made.member}\n${made.username}:${made.password}\n`);
    this.log('The password is shown this once.');
  }
}

export async function grant(this: TutelaContext, flags: JsonFlags, list: string, member: number): Promise<void> {
  const asked = { list: list as ListId, member: member as MemberId, by: actorOf(this.env) as PersonId };
  const put = granted(
    await withWorkplace(this, flags, 'writes', ({ desks }) => desks.clearinghouse.lists.grantAccess(asked)),
  );
  if (flags.json) printJson(this, { v: 1, state: put === undefined ? 'open' : 'waiting', ...put });
  else if (put === undefined) this.process.stdout.write(`${list} is open to ${member}\n`);
  else this.process.stdout.write(`opens with two signatures: tutela hashlist vouch ${put.digest}\n`);
}

export async function revoke(this: TutelaContext, flags: JsonFlags, list: string, member: number): Promise<void> {
  const asked = { list: list as ListId, member: member as MemberId, by: actorOf(this.env) };
  accepted(await withWorkplace(this, flags, 'writes', ({ desks }) => desks.clearinghouse.lists.revokeAccess(asked)));
  if (flags.json) printJson(this, { v: 1, state: 'revoked' });
  else this.process.stdout.write(`${list} is closed to ${member}\n`);
}

export async function members(this: TutelaContext, flags: DataFlags & OutputFlags): Promise<void> {
  const rows = await withWorkplace(this, flags, 'reads', ({ desks }) => desks.clearinghouse.lists.members());
  printRows(this, flags, { name: 'members', empty: 'Nobody was admitted yet: tutela hashlist admit' }, rows, [
    { heading: 'member', of: ({ member_id }) => member_id },
    { heading: 'name', of: ({ name }) => name },
    { heading: 'list', of: ({ list_id }) => list_id ?? '—' },
    {
      heading: 'open since',
      of: ({ opened_at, revoked_at }) => (revoked_at === null ? (opened_at ?? 'waiting') : 'revoked'),
    },
    { heading: 'quota a minute', of: ({ requests_per_minute }) => requests_per_minute },
    { heading: 'last poll', of: ({ last_poll_at }) => last_poll_at ?? '—' },
  ]);
}

export async function publish(this: TutelaContext, flags: JsonFlags, list: string): Promise<void> {
  const published = await withWorkplace(this, flags, 'writes', ({ desks }) =>
    desks.clearinghouse.lists.publish(list as ListId, actorOf(this.env)),
  );
  if (published.kind === 'nothing') return this.log('Nothing has changed since the last version.');
  const version = accepted(published);
  if (flags.json) printJson(this, version);
  else
    this.process.stdout.write(
      `${list} version ${version.version}: ${version.size} commitments, root ${version.root}\n`,
    );
}

export async function versions(
  this: TutelaContext,
  flags: DataFlags & OutputFlags & { readonly limit: number },
  list: string,
): Promise<void> {
  const rows = await withWorkplace(this, flags, 'reads', ({ desks }) =>
    desks.clearinghouse.lists.versions(list as ListId, flags.limit),
  );
  printRows(this, flags, { name: 'versions', empty: 'No version was published yet: tutela hashlist publish' }, rows, [
    { heading: 'version', of: ({ version }) => version },
    { heading: 'as of', of: ({ as_of }) => as_of },
    { heading: 'commitments', of: ({ size }) => size },
    { heading: 'recipients', of: ({ recipients }) => recipients },
    { heading: 'root', of: ({ root }) => root },
  ]);
}

/** Whose list a leaked one is. */
export async function trace(this: TutelaContext, flags: HashlistTraceFlags, file: string): Promise<void> {
  const from = path.resolve(this.folder, file);
  const reading = readHashList(createReadStream(from), { hex64: flags.hex64 ?? 'pdq' });
  const hashes: string[] = [];
  for await (const item of reading)
    if (item.kind === 'entry' || item.kind === 'duplicate')
      for (const kind of hashKinds) if (item.entry.hashes[kind] !== undefined) hashes.push(item.entry.hashes[kind]);
  const asked = { hashes, by: actorOf(this.env) };
  const rows = await withWorkplace(this, flags, 'writes', ({ desks }) =>
    desks.clearinghouse.lists.traceCanaries(asked),
  );
  printRows(
    this,
    flags,
    { name: 'recipients', empty: 'None of our recipients’ canaries is among these hashes.' },
    rows,
    [
      { heading: 'member', of: ({ member }) => member },
      { heading: 'name', of: ({ name }) => name },
      { heading: 'list', of: ({ list }) => list },
      { heading: 'canaries', of: ({ canaries }) => canaries },
    ],
  );
}
