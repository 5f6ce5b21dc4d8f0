import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseInstant, systemClock, type UtcInstant } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import {
  type CustodyAction,
  parseExhibit,
  readCaseFile,
  recordCustody,
  recordExhibit,
} from '@tutela/investigator-desk';
import { actorOf } from '../config/actor.js';
import { printJson, type TutelaContext } from '../context.js';
import { accepted } from '../output/accepted.js';
import { bodyOf } from '../output/body.js';
import { formatTable } from '../output/table.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

type JsonFlags = DataFlags & { readonly json: boolean };
export interface ExhibitRecordFlags extends JsonFlags {
  readonly holder: string;
  readonly from?: string;
  readonly second?: string;
  readonly place?: string;
  readonly seal?: readonly string[];
  readonly authority?: string;
  readonly at?: string;
  readonly reason: string;
}

export async function exhibitAdd(this: TutelaContext, flags: JsonFlags, caseRef: string, file: string): Promise<void> {
  const exhibit = accepted(parseExhibit(caseRef, await readJson(path.resolve(this.folder, file))));
  const by = { by: actorOf(this.env), at: systemClock.now() };
  const row = await withWorkplace(this, flags, 'writes', async ({ database: { db } }) =>
    accepted(await inTransaction(db, (tx) => recordExhibit(tx, exhibit, by))),
  );
  if (flags.json) printJson(this, { v: 1, exhibit: bodyOf(row) });
  else this.process.stdout.write(`${row.number}\n`);
}

export const readJson = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new TutelaError('unreadable', `${file} is no readable JSON.`, 'Give a JSON file.', { cause });
  }
};

export async function exhibitList(this: TutelaContext, flags: JsonFlags, caseRef: string): Promise<void> {
  const file = await withWorkplace(this, flags, 'reads', ({ database: { db } }) => readCaseFile(db, caseRef));
  const exhibits = file?.exhibits ?? [];
  if (flags.json)
    return printJson(this, {
      v: 1,
      exhibits: exhibits.map((one) => ({ ...bodyOf(one), custody: one.custody.map(bodyOf) })),
    });
  const events = exhibits.flatMap(({ number, custody }) => custody.map((event) => ({ number, ...event })));
  const columns = [
    { heading: 'exhibit', of: (row: (typeof events)[number]) => row.number },
    { heading: 'when', of: (row: (typeof events)[number]) => row.happened_at.slice(0, 16) },
    { heading: 'what', of: (row: (typeof events)[number]) => row.action },
    { heading: 'with', of: (row: (typeof events)[number]) => row.holder },
    { heading: 'where', of: (row: (typeof events)[number]) => row.place ?? '—' },
    { heading: 'why', of: (row: (typeof events)[number]) => row.reason },
  ];
  const head = formatTable(
    [
      { heading: 'exhibit', of: (row) => row.number },
      { heading: 'description', of: (row) => row.description },
      { heading: 'stored', of: (row) => row.storage_place ?? '—' },
    ],
    exhibits,
  );
  this.process.stdout.write(events.length === 0 ? head : `${head}\n${formatTable(columns, events)}`);
}

export async function exhibitRecord(
  this: TutelaContext,
  flags: ExhibitRecordFlags,
  caseRef: string,
  exhibit: string,
  action: CustodyAction,
): Promise<void> {
  const now = systemClock.now();
  const custody = {
    caseRef,
    exhibit,
    action,
    happenedAt: flags.at === undefined ? now : instantOf(flags.at),
    holder: flags.holder,
    reason: flags.reason,
    ...(flags.from !== undefined && { handedOverBy: flags.from }),
    ...(flags.second !== undefined && { secondPerson: flags.second }),
    ...(flags.place !== undefined && { place: flags.place }),
    ...(flags.seal !== undefined && { sealIds: flags.seal }),
    ...(flags.authority !== undefined && { authority: flags.authority }),
  };
  const row = await withWorkplace(this, flags, 'writes', async ({ database: { db } }) =>
    accepted(await inTransaction(db, (tx) => recordCustody(tx, custody, { by: actorOf(this.env), at: now }))),
  );
  if (flags.json) printJson(this, { v: 1, custody: bodyOf(row) });
}

const instantOf = (text: string): UtcInstant => {
  const instant = parseInstant(text);
  if (instant !== undefined) return instant;
  throw new TutelaError('usage', `${text} is no moment.`, 'Write it as 2026-02-03T14:30:00-05:00.');
};
