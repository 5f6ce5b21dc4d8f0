import { actorOf } from '../../config/actor.js';
import { endAs, printJson, type TutelaContext } from '../../context.js';
import { printable } from '../../output/printable.js';
import { printRows } from '../../output/rows.js';
import { formatTable } from '../../output/table.js';
import { requestNamed } from '../../policy/request-named.js';
import type { DataFlags, OutputFlags } from '../flags.js';
import { withWorkplace } from '../with-workplace.js';
import { answered, orderNamed } from './answered.js';

export interface OrderListFlags extends DataFlags, OutputFlags {
  readonly limit: number;
}
export interface JsonFlags extends DataFlags {
  readonly json: boolean;
}
export interface OrderAskFlags extends DataFlags {
  readonly by: string;
  readonly reason: string;
}
export interface OrderAnswerFlags extends JsonFlags {
  readonly approval: string;
}
export interface OrderDeclineFlags extends DataFlags {
  readonly reason: string;
}

export async function list(this: TutelaContext, flags: OrderListFlags): Promise<void> {
  const rows = await withWorkplace(this, flags, 'reads', ({ desks }) => desks.provider.orders(flags.limit));
  printRows(this, flags, { name: 'orders', empty: 'No order has come.' }, rows, [
    { heading: 'order', of: (row) => row.orderId },
    { heading: 'agency', of: (row) => row.agency },
    { heading: 'reference', of: (row) => row.reference },
    { heading: 'state', of: (row) => row.state },
    { heading: 'received', of: (row) => row.receivedAt.slice(0, 16) },
    { heading: 'expires', of: (row) => row.expiresAt.slice(0, 16) },
    { heading: 'asked before', of: (row) => row.nearDuplicates },
  ]);
}

/** An order as a clerk reads it before putting it up, with the outcomes once it is answered. */
export async function show(this: TutelaContext, flags: JsonFlags, name: string): Promise<void> {
  const order = await withWorkplace(this, flags, 'reads', async ({ desks }) =>
    desks.provider.order(await orderNamed(desks.provider, name)),
  );
  if (flags.json) {
    printJson(this, { v: 1, order });
    return;
  }
  const facts = Object.entries(order ?? {}).map(([fact, value]) => ({
    fact,
    value: printable(typeof value === 'object' ? JSON.stringify(value) : String(value)),
  }));
  this.process.stdout.write(
    formatTable(
      [
        { heading: 'order', of: (row: (typeof facts)[number]) => row.fact },
        { heading: '', of: (row) => row.value },
      ],
      facts,
    ),
  );
}

/** Puts an order up for approval by two others. */
export async function ask(this: TutelaContext, flags: OrderAskFlags, name: string): Promise<void> {
  const { by, reason } = flags;
  const { digest, needed } = await withWorkplace(this, flags, 'writes', async ({ desks: { provider } }) =>
    answered(await provider.askRelease(await orderNamed(provider, name), { by, reason })),
  );
  this.process.stdout.write(`${digest}\n`);
  this.log(`${needed} others have to approve it: tutela approval approve ${digest.slice(0, 12)} --key FILE`);
}

/** Answers an order that two people approved, and says how it came out: outcomes, never who. */
export async function answer(this: TutelaContext, flags: OrderAnswerFlags, name: string): Promise<void> {
  const by = actorOf(this.env);
  const release = await withWorkplace(this, flags, 'writes', async ({ desks: { provider }, database: { db } }) => {
    const { digest: approval } = await requestNamed(db, flags.approval);
    return answered(await provider.releaseOrder(await orderNamed(provider, name), { approval, by }));
  });
  const rows = release.document.answers.map(({ answerId, released }) => ({
    answerId,
    outcome: released.outcome,
    candidates: released.candidates,
    reasons: released.reasons,
  }));
  const columns = [
    { heading: 'answer', of: (row: (typeof rows)[number]) => row.answerId },
    { heading: 'outcome', of: (row: (typeof rows)[number]) => row.outcome },
    { heading: 'candidates', of: (row: (typeof rows)[number]) => row.candidates },
    { heading: 'reasons', of: (row: (typeof rows)[number]) => row.reasons.join(' ') },
  ];
  printRows(this, { json: flags.json, jsonl: false }, { name: 'answers', empty: '' }, rows, columns);
  this.log(release.when === 'now' ? 'The agency can fetch the answers now.' : 'It was answered before.');
}

/** Turns an order down. */
export async function decline(this: TutelaContext, flags: OrderDeclineFlags, name: string): Promise<void> {
  const by = actorOf(this.env);
  await withWorkplace(this, flags, 'writes', async ({ desks: { provider } }) =>
    answered(await provider.declineOrder(await orderNamed(provider, name), { by, reason: flags.reason })),
  );
  this.process.stdout.write('declined\n');
}

/** Makes an answer again and compares the bytes; ends as refuted evidence when they differ. */
export async function reproduce(this: TutelaContext, flags: JsonFlags, answerId: string): Promise<void> {
  const made = await withWorkplace(this, flags, 'writes', async ({ desks }) =>
    answered(await desks.provider.reproduce(answerId, actorOf(this.env))),
  );
  const { outcome, before, again } = made;
  if (flags.json) printJson(this, { v: 1, answerId, ...made });
  else this.process.stdout.write(`${outcome} ${before}${outcome === 'same' ? '' : ` now ${again}`}\n`);
  if (outcome === 'differs') endAs(this, 'refuted');
}
