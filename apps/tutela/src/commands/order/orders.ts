import { open } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import {
  type AnsweredObservation,
  askToSend,
  draftOrder,
  emailText,
  letterInputOf,
  letterPdf,
  listOrderSummaries,
  type OrderId,
  type OrderSummary,
  type OrderView,
  sendOrder,
  viewOrder,
} from '@tutela/investigator-desk';
import type { AuthorityId } from '@tutela/policy';
import { printJson, type TutelaContext } from '../../context.js';
import { accepted } from '../../output/accepted.js';
import { printable } from '../../output/printable.js';
import { printRows } from '../../output/rows.js';
import { formatTable } from '../../output/table.js';
import { requestNamed } from '../../policy/request-named.js';
import { TutelaError } from '../../tutela-error.js';
import type { DataFlags, OutputFlags } from '../flags.js';
import { withWorkplace } from '../with-workplace.js';
import { actingNow } from './acting-now.js';
import type { JsonFlags } from './observations.js';

export type DraftFlags = JsonFlags & {
  readonly provider: string;
  readonly authority: string;
  readonly purpose: string;
  readonly disclose: 'count' | 'handle' | 'identity';
  readonly qualified: 'withheld' | 'disclosed';
  readonly together: 'separate' | 'one-subscriber';
};
export type AskFlags = JsonFlags & { readonly reason: string };
export type SendFlags = JsonFlags & { readonly approval: string };
export type ListFlags = DataFlags & OutputFlags & { readonly case?: string };
export type LetterFlags = DataFlags & { readonly output: string };

export async function draft(this: TutelaContext, flags: DraftFlags, caseRef: string): Promise<void> {
  const { provider: providerId, authority, purpose, disclose, qualified, together } = flags;
  const wish = { caseRef, providerId, authorityId: authority as AuthorityId, purpose, disclose, qualified, together };
  const order = await withWorkplace(this, flags, 'writes', async ({ database: { db } }) =>
    accepted(await inTransaction(db, (tx) => draftOrder(tx, wish, actingNow(this)))),
  );
  if (flags.json) printJson(this, { v: 1, orderId: order.order_id, sha256: order.sha256, way: order.way });
  else this.process.stdout.write(`${order.order_id}\n`);
}

export async function approveRequest(this: TutelaContext, flags: AskFlags, id: string): Promise<void> {
  const asked = await withWorkplace(this, flags, 'writes', async ({ database: { db } }) =>
    accepted(
      await inTransaction(db, (tx) => askToSend(tx, { orderId: id as OrderId, reason: flags.reason }, actingNow(this))),
    ),
  );
  if (flags.json) printJson(this, { v: 1, ...asked });
  else this.process.stdout.write(`${asked.digest}\n`);
  this.log(`${asked.needed} others read and approve it: tutela approval show, approve.`);
}

export async function send(this: TutelaContext, flags: SendFlags, id: string): Promise<void> {
  const sent = await withWorkplace(this, flags, 'writes', async ({ database: { db }, engine }) => {
    const { digest } = await requestNamed(db, flags.approval);
    const order = { orderId: id as OrderId, digest };
    return accepted(await inTransaction(db, (tx) => sendOrder(tx, engine(), order, actingNow(this))));
  });
  if (flags.json) printJson(this, { v: 1, orderId: id, state: sent.state, dueAt: sent.due_at });
  if (sent.way === 'letter')
    this.log('This provider gets letters: tutela order letter makes one, tutela order posted notes that it left.');
  else this.log('It is on its way while tutela start or tutela worker runs; tutela order show tells how it stands.');
}

export async function list(this: TutelaContext, flags: ListFlags): Promise<void> {
  const orders = await withWorkplace(this, flags, 'reads', ({ database: { db } }) =>
    listOrderSummaries(db, flags.case, systemClock.now()),
  );
  printRows<OrderSummary>(this, flags, { name: 'orders', empty: 'No order was drafted.' }, orders, [
    { heading: 'order', of: ({ orderId }) => orderId },
    { heading: 'case', of: ({ caseRef }) => caseRef },
    { heading: 'provider', of: ({ providerId }) => providerId },
    { heading: 'way', of: ({ way }) => way },
    { heading: 'state', of: ({ state, overdue }) => (overdue === 'overdue' ? `${state}, overdue` : state) },
    { heading: 'due', of: ({ dueAt }) => dueAt?.slice(0, 16) ?? '—' },
  ]);
}

/** An order with its answers: outcome, margin, reasons and caveats of each. */
export async function show(this: TutelaContext, flags: JsonFlags, id: string): Promise<void> {
  const view = await withWorkplace(this, flags, 'reads', ({ database: { db } }) =>
    viewOrder(db, id as OrderId, systemClock.now()),
  );
  if (view === undefined) throw unknown(id);
  if (flags.json) printJson(this, { v: 1, order: view });
  else this.process.stdout.write(formatOrder(view));
}

const unknown = (id: string): TutelaError =>
  new TutelaError('usage', `There is no order ${id}.`, 'tutela order list names them.');

const formatOrder = (view: OrderView): string => {
  const { caseRef, providerId, state, dueAt, reason, sha256, observations } = view;
  const head = `${caseRef} to ${providerId}: ${state}${reason === null ? '' : ` (${printable(reason)})`}, due ${dueAt ?? '—'}, SHA-256 ${sha256}\n\n`;
  const table = formatTable<AnsweredObservation>(
    [
      { heading: 'address', of: ({ asked }) => asked.ip },
      { heading: 'port', of: ({ asked }) => String(asked.port ?? '—') },
      { heading: 'time', of: ({ asked }) => asked.from.utc },
      { heading: 'outcome', of: ({ answer }) => answer?.outcome ?? 'no answer yet' },
      { heading: 'candidates', of: ({ answer }) => answer?.candidates ?? '—' },
      { heading: 'margin s', of: ({ answer }) => marginOf(answer) },
      { heading: 'reasons', of: ({ answer }) => answer?.reasons.join(' ') ?? '' },
      { heading: 'subscriber', of: ({ identity }) => printable(identity?.name ?? '—') },
    ],
    observations,
  );
  const caveat = observations.some(({ identity }) => identity !== null)
    ? 'A subscriber is not a user: whoever has the line need not have been at it.\n'
    : '';
  return head + postedOf(view) + table + letterOf(view) + caveat;
};

const postedOf = ({ posted }: OrderView): string =>
  posted === null
    ? ''
    : `Posted on ${posted.on} (${posted.way}, ${printable(posted.receipt)}), noted by ${printable(posted.notedBy)}\n\n`;

const letterOf = ({ letter: of }: OrderView): string => {
  if (of === null) return '';
  const { transcribedBy, checkedBy, scanSha256 } = of;
  const checked = checkedBy === null ? 'not checked yet' : `checked by ${printable(checkedBy)}`;
  return `By letter, typed by ${printable(transcribedBy)}, ${checked}; scan SHA-256 ${scanSha256}\n`;
};

/** To the next other holder, before and after. */
const marginOf = (answer: AnsweredObservation['answer']): string => {
  if (answer === null || !('margin' in answer) || answer.margin === undefined) return '—';
  const side = ({ kind, ms }: { readonly kind: string; readonly ms: number }): string =>
    `${kind === 'at-least' ? '≥ ' : ''}${Math.round(ms / 1000)}`;
  return `${side(answer.margin.before)} / ${side(answer.margin.after)}`;
};

/** The letter for a provider without an exchange: a PDF, and the text of an e-mail on stdout. */
export async function letter(this: TutelaContext, flags: LetterFlags, id: string): Promise<void> {
  const to = path.resolve(this.folder, flags.output);
  const input = await withWorkplace(this, flags, 'reads', ({ database: { db } }) => letterInputOf(db, id as OrderId));
  if (input === undefined) throw unknown(id);
  const pdf = await letterPdf(input);
  const file = await open(to, 'wx', 0o600).catch((cause: unknown) => {
    throw new TutelaError('usage', `${to} cannot be made.`, 'Name a file that is not there yet.', { cause });
  });
  await file.writeFile(pdf);
  await file.close();
  const { subject, body } = emailText(input);
  this.process.stdout.write(`${subject}\n\n${body}`);
}
