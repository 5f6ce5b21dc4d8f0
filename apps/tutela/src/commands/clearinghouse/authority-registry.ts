import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Authority } from '@tutela/clearinghouse-desk';
import { actorOf } from '../../config/actor.js';
import { endAs, printJson, type TutelaContext } from '../../context.js';
import { accepted } from '../../output/accepted.js';
import { printable } from '../../output/printable.js';
import { printRows } from '../../output/rows.js';
import { TutelaError } from '../../tutela-error.js';
import type { DataFlags, OutputFlags } from '../flags.js';
import { withWorkplace } from '../with-workplace.js';

export type ImportFlags = DataFlags & { readonly json: boolean };
export type ListFlags = DataFlags & OutputFlags & { readonly country?: string };

/** Takes over the rows that are good; ends as `undecided` when one was not. */
export async function importRegistry(this: TutelaContext, flags: ImportFlags, file: string): Promise<void> {
  const from = path.resolve(this.folder, file);
  const text = await readFile(from, 'utf8').catch((cause: unknown) => {
    throw new TutelaError('unreadable', `${from} cannot be read.`, 'Name a file.', { cause });
  });
  const by = actorOf(this.env);
  const imported = await withWorkplace(this, flags, 'writes', async ({ desks }) =>
    accepted(await desks.clearinghouse.routing.importRegistry({ text, by })),
  );
  if (flags.json) printJson(this, { v: 1, ...imported });
  else {
    const lines = imported.refused.map(
      ({ row, authorityId, message }) => `row ${row}, ${printable(authorityId)}: not taken: ${printable(message)}`,
    );
    const head = `${imported.authorities} authorities, SHA-256 ${imported.sha256}`;
    const again = imported.requeued === 0 ? [] : [`${imported.requeued} reports without an authority are routed again`];
    this.process.stdout.write(`${[head, ...again, ...lines].join('\n')}\n`);
  }
  if (imported.refused.length > 0) endAs(this, 'undecided');
}

export async function listRegistry(this: TutelaContext, flags: ListFlags): Promise<void> {
  const of = flags.country === undefined ? {} : { country: flags.country };
  const authorities = await withWorkplace(this, flags, 'reads', ({ desks }) =>
    desks.clearinghouse.routing.authorities(of),
  );
  const naming = { name: 'authorities', empty: 'The registry names nobody: tutela authority-registry import.' };
  printRows<Authority>(this, flags, naming, authorities, [
    { heading: 'authority', of: (row) => row.authority_id },
    { heading: 'country', of: (row) => row.country },
    { heading: 'name', of: (row) => row.name },
    { heading: 'takes', of: (row) => row.takes },
    { heading: 'channel', of: (row) => row.channel },
    { heading: 'languages', of: (row) => row.languages.join(' ') },
    { heading: 'instruments', of: (row) => row.instruments.join(' ') || '—' },
    { heading: 'standing', of: (row) => row.standing },
    { heading: 'source', of: (row) => `${row.source} (${row.source_date})` },
  ]);
}
