import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@tutela/core';
import { createExchangeClient, type ExchangeEntry, followList, type ListEntry, writeCsv } from '@tutela/hashlist';
import { actorOf } from '../../config/actor.js';
import { writePrivate } from '../../config/private-file.js';
import { endAs, printJson, type TutelaContext } from '../../context.js';
import { openHeldFile } from '../../list-following/held-file.js';
import { readMemberCredentials } from '../../list-following/member-credentials.js';
import { TutelaError } from '../../tutela-error.js';
import type { DataFlags } from '../flags.js';
import { withWorkplace } from '../with-workplace.js';

export interface ListFollowFlags extends DataFlags {
  readonly credentials: string;
  readonly folder: string;
  readonly name?: string;
  readonly every?: number;
  readonly json: boolean;
}

/** Reads what changed of a list since the last time, once or every so many minutes, and imports it when it has. */
export default async function listFollow(this: TutelaContext, flags: ListFollowFlags, address: string): Promise<void> {
  const root = address.replace(/\/+$/, '');
  const credentials = await readMemberCredentials(this, flags.credentials);
  const held = await openHeldFile(path.resolve(this.folder, flags.folder), root);
  const client = createExchangeClient({ root, ...credentials });
  const stopped = flags.every === undefined ? undefined : this.interruption();
  for (;;) {
    const followed = await followList({ client, held, clock: systemClock });
    if (followed.kind === 'done') {
      const { shared, deleted, to, pages } = followed.value;
      const standing = held.entries().filter(({ kind }) => kind === 'shared').length;
      if (flags.json) printJson(this, { v: 1, ...followed.value, standing });
      else
        this.process.stdout.write(
          `${shared} shared, ${deleted} deleted in ${pages} pages up to ${to}; ${standing} stand\n`,
        );
      if (flags.name !== undefined && shared + deleted > 0)
        await importHeld.call(this, flags, flags.name, held.entries());
    } else if (stopped === undefined) {
      throw new TutelaError(
        'remoteRefused',
        `Not followed: ${followed.reason.message}.`,
        'What was held before stands. Run it again.',
      );
    } else this.log(`not followed: ${followed.reason.message}`);
    if (stopped === undefined || flags.every === undefined) return;
    await sleep(flags.every * 60_000, undefined, { signal: stopped }).catch(() => undefined);
    if (stopped.aborted) return endAs(this, 'interrupted');
  }
}

/** What stands becomes the newest version of the platform's list, so that a deletion stops matching at once. */
async function importHeld(
  this: TutelaContext,
  flags: DataFlags,
  name: string,
  entries: readonly ExchangeEntry[],
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela-list-'));
  try {
    const file = path.join(folder, `${name.replaceAll(/[^A-Za-z0-9._-]/g, '-')}.csv`);
    const lines: string[] = [];
    for await (const line of writeCsv(entries.flatMap(listEntryOf), labels)) lines.push(line);
    await writePrivate(file, lines.join(''));
    await withWorkplace(this, flags, 'writes', ({ desks }) =>
      desks.platform.importList({ path: file, name, actor: actorOf(this.env), hex64: 'pdq' }),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What courts ask of a match: whose entry it is, which, when it changed and what it was called. */
const labels = ['member', 'id', 'timestamp', 'classification'] as const;

const listEntryOf = (entry: ExchangeEntry, at: number): readonly ListEntry[] => {
  if (entry.kind === 'deleted') return [];
  const { MD5, SHA1, PDQ } = entry.fingerprints;
  const hashes = {
    ...(MD5 && { md5: MD5 }),
    ...(SHA1 && { sha1: SHA1 }),
    ...(PDQ && { pdq: PDQ }),
  } as ListEntry['hashes'];
  if (Object.keys(hashes).length === 0) return [];
  const { member, id, timestamp, classification = '' } = entry;
  return [{ hashes, line: at + 2, labels: { member: String(member.id), id, timestamp, classification }, flags: [] }];
};
