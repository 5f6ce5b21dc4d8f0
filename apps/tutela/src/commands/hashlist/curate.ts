import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { EntryId, ListId, NewEntry } from '@tutela/clearinghouse-desk';
import { type ListEntry, readHashList } from '@tutela/hashlist';
import type { PersonId, RequestDigest } from '@tutela/policy';
import { actorOf } from '../../config/actor.js';
import { printJson, type TutelaContext } from '../../context.js';
import { accepted } from '../../output/accepted.js';
import { printRows } from '../../output/rows.js';
import { openKeyFile } from '../../policy/key-file.js';
import { knownPassphrase, type PassphraseFlags } from '../../policy/passphrase.js';
import { granted } from '../../policy/refusals.js';
import { requestNamed } from '../../policy/request-named.js';
import { signedApproval } from '../../policy/signed-approval.js';
import { TutelaError } from '../../tutela-error.js';
import type { DataFlags, OutputFlags } from '../flags.js';
import { withWorkplace } from '../with-workplace.js';

type JsonFlags = DataFlags & { readonly json: boolean };
export type HashlistOpenFlags = JsonFlags & {
  readonly title: string;
  readonly rule: 'two-reviewers' | 'two-organisations';
  readonly publisher: string;
  readonly canaries: number;
};
export type HashlistProposeFlags = JsonFlags & {
  readonly category: string;
  readonly classification?: string;
  readonly provenance: string;
  readonly vetting: string;
  readonly media: 'image' | 'video';
  readonly hex64?: 'sha256' | 'pdq';
};
export type HashlistVouchFlags = JsonFlags & PassphraseFlags & { readonly key: string };
export type HashlistWithdrawFlags = JsonFlags & { readonly reason: string };

export async function open(this: TutelaContext, flags: HashlistOpenFlags, list: string): Promise<void> {
  const { title, rule, publisher, canaries: canariesEach } = flags;
  const asked = { list, title, rule, publisher, canariesEach, by: actorOf(this.env) };
  accepted(await withWorkplace(this, flags, 'writes', ({ desks }) => desks.clearinghouse.lists.openList(asked)));
  if (flags.json) printJson(this, { v: 1, list });
  else this.process.stdout.write(`${list} is open below /hashsharing/${list}\n`);
}

export async function show(this: TutelaContext, flags: DataFlags & OutputFlags): Promise<void> {
  const rows = await withWorkplace(this, flags, 'reads', ({ desks }) => desks.clearinghouse.lists.lists());
  printRows(this, flags, { name: 'lists', empty: 'No list was opened yet: tutela hashlist open' }, rows, [
    { heading: 'list', of: ({ list_id }) => list_id },
    { heading: 'title', of: ({ title }) => title },
    { heading: 'listed', of: ({ listed }) => listed },
    { heading: 'waiting', of: ({ waiting }) => waiting },
    { heading: 'members', of: ({ members }) => members },
    { heading: 'version', of: ({ version }) => version ?? '—' },
  ]);
}

/** Proposes every entry of a file. A line that is no entry stops it: what reviewers sign has to be what was meant. */
export async function propose(
  this: TutelaContext,
  flags: HashlistProposeFlags,
  list: string,
  file: string,
): Promise<void> {
  const from = path.resolve(this.folder, file);
  const reading = readHashList(createReadStream(from), flags.hex64 === undefined ? {} : { hex64: flags.hex64 });
  const entries: NewEntry[] = [];
  for await (const item of reading) {
    if (item.kind === 'bad')
      throw new TutelaError(
        'unreadable',
        `Line ${item.bad.line} is no entry: ${item.bad.message}.`,
        'Correct it; nothing was proposed.',
      );
    if (item.kind === 'entry') entries.push(entryOf(item.entry, flags));
  }
  const asked = { list: list as ListId, by: actorOf(this.env) as PersonId, entries };
  const put = granted(
    await withWorkplace(this, flags, 'writes', ({ desks }) => desks.clearinghouse.lists.propose(asked)),
  );
  if (flags.json) printJson(this, { v: 1, ...put });
  else this.process.stdout.write(`${put.size} entries wait for two reviewers: tutela hashlist vouch ${put.digest}\n`);
}

const entryOf = ({ hashes: { md5, sha1, sha256, pdq } }: ListEntry, flags: HashlistProposeFlags): NewEntry => {
  const [, kind, ref] = /^(report|hotline|investigator|member):(.+)$/.exec(flags.provenance) ?? [];
  if (ref === undefined)
    throw new TutelaError('usage', 'Where it comes from is KIND:REFERENCE.', 'Such as --provenance "hotline:case 12".');
  return {
    media: flags.media,
    fingerprints: {
      ...(md5 && { MD5: md5 }),
      ...(sha1 && { SHA1: sha1 }),
      ...(sha256 && { SHA256: sha256 }),
      ...(pdq && { PDQ: pdq }),
    },
    ...(flags.classification === undefined ? {} : { classification: flags.classification }),
    category: flags.category,
    provenance: { kind: kind as NewEntry['provenance']['kind'], ref },
    vetting: flags.vetting,
  };
};

export async function waiting(this: TutelaContext, flags: DataFlags & OutputFlags, list: string): Promise<void> {
  const rows = await withWorkplace(this, flags, 'reads', ({ desks }) =>
    desks.clearinghouse.lists.waiting(list as ListId),
  );
  printRows(this, flags, { name: 'proposals', empty: 'Nothing waits for a reviewer.' }, rows, [
    { heading: 'digest', of: ({ request_digest }) => request_digest },
    { heading: 'entries', of: ({ size }) => size },
    { heading: 'for', of: ({ recipient }) => recipient ?? 'everybody' },
    { heading: 'proposed by', of: ({ proposed_by }) => proposed_by },
    { heading: 'vouched by', of: ({ vouched_by }) => vouched_by.join(', ') || '—' },
    { heading: 'until', of: ({ expires_at }) => expires_at },
  ]);
}

export async function vouch(this: TutelaContext, flags: HashlistVouchFlags, name: string): Promise<void> {
  const key = await openKeyFile(path.resolve(this.folder, flags.key), await knownPassphrase(this, flags));
  const vouched = await withWorkplace(this, flags, 'writes', async ({ desks, database: { db } }) => {
    const { digest } = await requestNamed(db, name);
    return granted(await desks.clearinghouse.lists.vouch(await signedApproval(key, digest as RequestDigest)));
  });
  if (flags.json) printJson(this, { v: 1, ...vouched });
  else
    this.process.stdout.write(
      vouched.state === 'listed' ? 'listed\n' : 'vouched for once: another reviewer has to sign\n',
    );
}

export async function withdraw(
  this: TutelaContext,
  flags: HashlistWithdrawFlags,
  list: string,
  ...entries: string[]
): Promise<void> {
  const asked = { list: list as ListId, entries: entries as EntryId[], reason: flags.reason, by: actorOf(this.env) };
  const taken = accepted(
    await withWorkplace(this, flags, 'writes', ({ desks }) => desks.clearinghouse.lists.withdraw(asked)),
  );
  if (flags.json) printJson(this, { v: 1, ...taken });
  else this.process.stdout.write(`${taken.withdrawn} withdrawn; every subscriber learns it with the next poll\n`);
}
