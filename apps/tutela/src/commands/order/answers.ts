import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { JsonValue } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { checkLetterAnswer, enterLetterAnswer, type OrderId, viewOrder } from '@tutela/investigator-desk';
import { printJson, type TutelaContext } from '../../context.js';
import { accepted } from '../../output/accepted.js';
import { TutelaError } from '../../tutela-error.js';
import { withWorkplace } from '../with-workplace.js';
import { actingNow } from './acting-now.js';
import type { JsonFlags } from './observations.js';

export type AnswerFlags = JsonFlags & { readonly scan: string };

/** What one person typed off a provider's letter; the scan goes into the vault of the case. */
export async function answer(this: TutelaContext, flags: AnswerFlags, id: string, file: string): Promise<void> {
  const orderId = id as OrderId;
  const scan = await bytesOf(this, flags.scan);
  const typed = jsonOf(file, await bytesOf(this, file));
  const entered = await withWorkplace(this, flags, 'writes', async ({ database: { db }, vault }) => {
    const acting = actingNow(this);
    const order = await viewOrder(db, orderId, acting.at);
    if (order === undefined)
      throw new TutelaError('usage', `There is no order ${id}.`, 'tutela order list names them.');
    const entry = { orderId, scanSha256: digestOf(scan), typed };
    await vault.forCase(order.caseRef).put(scan);
    return accepted(await inTransaction(db, (tx) => enterLetterAnswer(tx, entry, acting)));
  });
  if (flags.json) printJson(this, { v: 1, orderId, scan: digestOf(scan), answers: entered.sha256 });
  this.log('It counts once somebody else has compared it with the letter: tutela order check-answer.');
}

/** Somebody else, with the letter in hand. */
export async function checkAnswer(this: TutelaContext, flags: AnswerFlags, id: string): Promise<void> {
  const orderId = id as OrderId;
  const scanSha256 = digestOf(await bytesOf(this, flags.scan));
  const checked = await withWorkplace(this, flags, 'writes', async ({ database: { db } }) =>
    accepted(await inTransaction(db, (tx) => checkLetterAnswer(tx, { orderId, scanSha256 }, actingNow(this)))),
  );
  if (flags.json) printJson(this, { v: 1, orderId, answers: checked.sha256 });
  else this.log('It is the answer to the order now: tutela order show.');
}

const bytesOf = async ({ folder }: TutelaContext, file: string): Promise<Buffer> => {
  const from = path.resolve(folder, file);
  return await readFile(from).catch((cause: unknown) => {
    throw new TutelaError('unreadable', `${from} cannot be read.`, 'Name a file that is there.', { cause });
  });
};

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const jsonOf = (file: string, bytes: Buffer): JsonValue => {
  try {
    return JSON.parse(bytes.toString('utf8')) as JsonValue;
  } catch (cause) {
    throw new TutelaError('unreadable', `${file} is not JSON.`, 'tutela order answer --help shows its form.', {
      cause,
    });
  }
};
