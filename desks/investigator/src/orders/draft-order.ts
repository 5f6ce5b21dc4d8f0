import { type AskedObservation, type OrderDocument, orderDigest, orderFormat } from '@tutela/attribution/exchange';
import {
  canonicalJson,
  done,
  type JsonValue,
  newId,
  type Outcome,
  refused,
  toInstant,
  type UtcInstant,
} from '@tutela/core';
import type { Tx } from '@tutela/db';
import { type Authority, type AuthorityId, batchDecisions, compileScope, type PersonId } from '@tutela/policy';
import { actorIn, loadGrounds, recordDecisions } from '@tutela/policy/postgres';
import { type By, type CaseFault, lockOpenCase } from '../case/cases.js';
import { isUnconfirmed } from './group.js';
import { findProvider, insertOrder, listUsable, type OrderRow, type UsableObservation } from './queries.js';
import type { OrderId, ProviderTable } from './schema.js';
import { tellOrder } from './tell.js';

/** How much is asked for. Nothing here has a default but in the command line. */
export interface OrderWish {
  readonly caseRef: string;
  readonly providerId: string;
  readonly authorityId: AuthorityId;
  readonly purpose: string;
  readonly disclose: OrderDocument['disclose'];
  readonly qualified: OrderDocument['qualified'];
  readonly together: OrderDocument['together'];
}

export type DraftFault =
  | CaseFault
  | 'unknown-provider'
  | 'no-production-order'
  | 'nothing-to-ask'
  | 'outside-authority'
  | 'too-many';

/** One order asks about no more, each approved for itself (docs/attribution-exchange.md). */
const mostObservations = 10_000;

/**
 * Drafts an order from the case's observations that are this provider's: its own rows only, with the fields it needs to
 * answer and no others. A production order in force has to cover every one of them; what was typed and not confirmed, and
 * what is asked about already, is left out.
 */
export const draftOrder = async (tx: Tx, wish: OrderWish, { by, at }: By): Promise<Outcome<OrderRow, DraftFault>> => {
  const { caseRef, providerId } = wish;
  const open = await lockOpenCase(tx, caseRef);
  if (open.kind !== 'done') return open;
  const provider = await findProvider(tx, providerId);
  if (provider === undefined) return refused('unknown-provider', `nobody noted a provider ${providerId}`);
  const own = (await listUsable(tx, caseRef)).filter((row) => row.provider_id === providerId);
  const rows = own.filter((row) => row.orders === 0 && !isUnconfirmed(row));
  if (rows.length === 0)
    return refused('nothing-to-ask', `no confirmed observation of ${providerId} is left in ${caseRef}`);
  if (rows.length > mostObservations) return refused('too-many', `one order asks about at most ${mostObservations}`);
  const authority = await coveringAuthority(tx, wish, rows, { by, at });
  if (authority.kind !== 'done') return authority;
  const orderId = newId<OrderId>();
  const document = documentOf(wish, `${caseRef}/${orderId}`, authority.value, rows);
  const order: OrderRow = {
    order_id: orderId,
    case_ref: caseRef,
    provider_id: providerId,
    authority_id: authority.value.id,
    authority_version: authority.value.version,
    way: wayTo(provider),
    document: canonicalJson(document as JsonValue),
    sha256: orderDigest(document),
    ...drafted,
    drafted_at: at,
    drafted_by: by,
  };
  await insertOrder(
    tx,
    order,
    rows.map(({ observation_id }) => observation_id),
  );
  const payload = { provider: providerId, sha256: order.sha256, observations: rows.length, way: order.way };
  await tellOrder(tx, { type: 'order-drafted', caseRef, orderId, by, at, payload });
  return done(order);
};

const drafted = {
  state: 'draft',
  approval: null,
  sent_at: null,
  due_at: null,
  remote_order_id: null,
  settled_at: null,
  reason: null,
  attempt: 0,
  next_at: null,
} as const;

const wayTo = ({ exchange_url: url }: Pick<ProviderTable, 'exchange_url'>): 'exchange' | 'letter' =>
  url === null ? 'letter' : 'exchange';

/** The named production order, if it allows disclosing each of these addresses and moments; decisions go on record. */
const coveringAuthority = async (
  tx: Tx,
  { caseRef, authorityId, providerId }: OrderWish,
  rows: readonly UsableObservation[],
  { by, at }: By,
): Promise<Outcome<Authority, DraftFault>> => {
  const grounds = await loadGrounds(tx, caseRef);
  const authorities = grounds.authorities.filter(
    ({ authority }) => authority.id === authorityId && authority.kind === 'production-order',
  );
  if (authorities.length === 0)
    return refused('no-production-order', `case ${caseRef} has no production order ${authorityId}`);
  const scope = compileScope({ ...grounds, authorities }, caseRef, at);
  const actor = await actorIn(tx, caseRef, by as PersonId);
  const decided = rows.map((row) => {
    const object = { sourceId: `provider/${providerId}`, address: row.ip ?? '', at: periodOf(row) };
    const ref = row.observation_id;
    return { ref, group: providerId, object, decision: scope.decide({ step: 'disclose', object, actor }) };
  });
  await recordDecisions(tx, await batchDecisions({ caseRef, step: 'disclose', at: scope.at }, decided), { by, at });
  const barred = decided.filter(({ decision }) => decision.answer !== 'allow');
  const [first] = barred;
  if (first !== undefined)
    return refused('outside-authority', `${barred.length} of ${rows.length} are not covered: ${first.decision.rule}`);
  const version = decided[0]?.decision.answer === 'allow' ? decided[0].decision.version : undefined;
  const found = authorities.find(({ authority }) => authority.version === version);
  return found === undefined ? refused('no-production-order', `${authorityId} is not in force`) : done(found.authority);
};

/** The observed window; an authority's periods end before their last moment. */
const periodOf = ({ seen_from: from, seen_to: to }: UsableObservation): { from: UtcInstant; to: UtcInstant } => ({
  from: from as UtcInstant,
  to: toInstant(new Date(Date.parse(to ?? '') + 1)),
});

const documentOf = (
  { purpose, disclose, qualified, together }: OrderWish,
  reference: string,
  authority: Authority,
  rows: readonly UsableObservation[],
): OrderDocument => ({
  format: orderFormat,
  reference,
  issuedBy: authority.issuedBy,
  issuedAt: authority.issuedAt,
  expiresAt: authority.to,
  documentSha256: authority.documentSha256,
  purpose,
  offence: authority.offence,
  // Each address with its own window, so that no other moment of it can be asked about.
  scope: rows.map(({ ip, seen_from: from, seen_to: to }) => ({
    addresses: ip ?? '',
    from: from as UtcInstant,
    to: to as UtcInstant,
  })),
  disclose,
  qualified,
  maxCandidates: 1,
  together,
  observations: rows.map(({ asked }) => asked as AskedObservation),
});
