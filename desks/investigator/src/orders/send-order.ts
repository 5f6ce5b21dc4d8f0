import { done, type JsonObject, type Outcome, refused, toInstant, type UtcInstant } from '@tutela/core';
import type { Tx } from '@tutela/db';
import type { Engine } from '@tutela/engine';
import type { PersonId, RequestDigest } from '@tutela/policy';
import { standingOf } from '@tutela/policy';
import { type ConsumeFault, consumeApproval, loadGrounds, readSite, requestApproval } from '@tutela/policy/postgres';
import type { By } from '../case/cases.js';
import { changeOrder, findOrder, findProvider, lockOrder, type OrderRow } from './queries.js';
import type { OrderId } from './schema.js';
import { tellOrder } from './tell.js';

export const orderAction = 'order.send';
export const carryWorkflow = 'investigator.carry-order';

/** What two people approve: this order, to this provider, letter by letter. */
const contentOf = ({ order_id, provider_id, sha256, document }: OrderRow): JsonObject => ({
  order: order_id,
  provider: provider_id,
  sha256,
  document: JSON.parse(document) as JsonObject,
});

export type SendFault = ConsumeFault | 'unknown-order' | 'not-a-draft' | 'authority-ended';

/** Puts the order up for two people besides the one who asks. */
export const askToSend = async (
  tx: Tx,
  { orderId, reason }: { readonly orderId: OrderId; readonly reason: string },
  { by, at }: By,
): Promise<
  Outcome<
    { readonly digest: RequestDigest; readonly needed: number },
    'unknown-order' | 'not-a-draft' | 'person-unknown' | 'too-long'
  >
> => {
  const order = await findOrder(tx, orderId);
  if (order === undefined) return refused('unknown-order', `there is no order ${orderId}`);
  if (order.state !== 'draft') return refused('not-a-draft', `order ${orderId} is ${order.state}`);
  const request = { action: orderAction, caseRef: order.case_ref, requestedBy: by as PersonId, reason, at, hours: 72 };
  const asked = await requestApproval(tx, { ...request, content: contentOf(order) });
  return asked.kind === 'done' ? done({ digest: asked.value.digest, needed: asked.value.needed }) : asked;
};

/**
 * Sends an approved order: uses the approval, tells the ledger and starts the workflow, all or nothing. By letter it is
 * then up to a person to post what `orderLetter` makes.
 */
export const sendOrder = async (
  tx: Tx,
  engine: Pick<Engine, 'start'>,
  { orderId, digest }: { readonly orderId: OrderId; readonly digest: RequestDigest },
  { by, at }: By,
): Promise<Outcome<OrderRow, SendFault>> => {
  const order = await lockOrder(tx, orderId);
  if (order === undefined) return refused('unknown-order', `there is no order ${orderId}`);
  if (order.state !== 'draft') return refused('not-a-draft', `order ${orderId} is ${order.state}`);
  if ((await authorityStands(tx, order, at)) === 'ended')
    return refused('authority-ended', 'the production order is no longer in force');
  const { case_ref: caseRef } = order;
  const use = { digest, action: orderAction, caseRef, content: contentOf(order), by, at };
  const used = await consumeApproval(tx, await readSite(tx), use);
  if (used.kind !== 'done') return used;
  const provider = await findProvider(tx, order.provider_id);
  const due_at = toInstant(new Date(Date.parse(at) + (provider?.answer_days ?? 1) * dayMs));
  const byLetter = { state: 'waiting', sent_at: at } as const;
  const byExchange = { state: 'sending', next_at: at } as const;
  const change = { approval: digest, due_at, ...(order.way === 'letter' ? byLetter : byExchange) };
  await changeOrder(tx, orderId, change);
  const payload = { provider: order.provider_id, sha256: order.sha256, way: order.way, approvedBy: used.value.people };
  await tellOrder(tx, { type: 'order-approved', caseRef, orderId, by, at, payload });
  if (order.way === 'exchange') await engine.start(tx, carryJob(order));
  return done({ ...order, ...change });
};

const dayMs = 86_400_000;

/** The attempt is part of the id: an attempt that was lost is started again as the next. */
export const carryJob = ({ order_id, attempt }: Pick<OrderRow, 'order_id' | 'attempt'>) => ({
  id: `investigator/order/${order_id}/${attempt}`,
  workflow: carryWorkflow,
  input: { order: order_id },
});

const authorityStands = async (tx: Tx, order: OrderRow, at: UtcInstant): Promise<'stands' | 'ended'> => {
  const { authorities } = await loadGrounds(tx, order.case_ref);
  const record = authorities.find(
    ({ authority }) => authority.id === order.authority_id && authority.version === order.authority_version,
  );
  return record !== undefined && standingOf(record, at) === 'in-force' ? 'stands' : 'ended';
};
