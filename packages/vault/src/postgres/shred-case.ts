import { createHash } from 'node:crypto';
import {
  type Clock,
  canonicalJson,
  done,
  type JsonObject,
  nothing,
  type Outcome,
  refused,
  systemClock,
} from '@tutela/core';
import { appendEvent, type EventId } from '@tutela/ledger/postgres';
import type { Kysely, Transaction } from 'kysely';
import type { CaseKeyStore } from '../keys/case-key-store.js';
import type { ObjectStore } from '../store/object-store.js';
import { type Authorise, checkAuthorisation } from './authorisation.js';
import type { PostgresCaseKeys } from './case-keys.js';
import { lockCase } from './case-lock.js';
import { holdsOn } from './legal-hold.js';
import { type VaultTables, vaultTables } from './tables.js';

export interface ShredDeps {
  readonly db: Kysely<unknown>;
  readonly store: ObjectStore;
  readonly keys: CaseKeyStore | PostgresCaseKeys;
  readonly clock?: Clock;
}

export interface ShredRequest {
  readonly caseRef: string;
  /** Asked last, in the transaction of the order: an approval that is used up there is used up by this order. */
  readonly authorise: Authorise;
  /** Pseudonym of who carries it out. */
  readonly actor: string;
}

/** What is left of a case that was shredded, as RFC 8785 text: for whoever has to show that it is gone. */
export interface ShreddingCertificate {
  readonly text: string;
  /** SHA-256 of the text; stands in the payload of the event `vault.case-shredded`. */
  readonly sha256: string;
}

export type ShredFault = 'no-case-key' | 'not-authorised' | 'legal-hold' | 'already-shredded';

const orderColumns = ['key_id', 'request', 'request_digest', 'approved_by', 'ordered_by', 'ordered_at'];

/**
 * Destroys the key of a case, for good: nothing that was put there, and no opening that was sealed under it, can be read
 * any more. In two steps: the order, with its ledger event; then the destruction with its certificate and its event. An
 * order that was not carried out to its end is finished by `finishShreddings`.
 */
export const shredCase = async (
  deps: ShredDeps,
  { caseRef, authorise, actor }: ShredRequest,
): Promise<Outcome<ShreddingCertificate, ShredFault>> => {
  const { clock = systemClock } = deps;
  const ordered = await deps.db.transaction().execute(async (tx): Promise<Outcome<undefined, ShredFault>> => {
    await lockCase(tx, caseRef);
    if ((await readOrder(tx, caseRef)) !== undefined)
      return refused('already-shredded', `${caseRef} was ordered to be shredded before`);
    const key = await deps.keys.find(caseRef);
    if (key.kind === 'refused') return refused('already-shredded', key.reason.message);
    if (key.kind !== 'done') return nothing('no-case-key', key.reason.message);
    const [hold] = await holdsOn(tx, caseRef);
    if (hold !== undefined) {
      return refused('legal-hold', `hold ${hold.id} of ${hold.placedBy} since ${hold.placedAt} stands: ${hold.reason}`);
    }
    const asked = { caseRef, keyId: key.value.keyId };
    const authorised = await authorise(tx, asked);
    if (authorised.kind !== 'done') return authorised;
    const allowed = checkAuthorisation(authorised.value, asked);
    if (allowed.kind !== 'done') return allowed;
    const at = clock.now();
    const { request, requestDigest: request_digest, approvedBy: approved_by } = authorised.value;
    const order = { request, request_digest, approved_by, ordered_by: actor, ordered_at: at, certificate: null };
    await vaultTables(tx)
      .insertInto('vault.shredding')
      .values({ case_ref: caseRef, key_id: key.value.keyId, ...order })
      .execute();
    await tell(tx, {
      caseRef,
      actor,
      at,
      type: 'vault.shredding-ordered',
      columns: orderColumns,
      payload: { requestDigest: request_digest },
    });
    return done(undefined);
  });
  return ordered.kind === 'done' ? done(await carryOut(deps, caseRef)) : ordered;
};

/** Carries out every order that was given and not finished, as after a kill. */
export const finishShreddings = async (deps: ShredDeps): Promise<readonly ShreddingCertificate[]> => {
  const open = await vaultTables(deps.db)
    .selectFrom('vault.shredding')
    .select('case_ref')
    .where('certificate', 'is', null)
    .execute();
  const certificates: ShreddingCertificate[] = [];
  for (const { case_ref: caseRef } of open) certificates.push(await carryOut(deps, caseRef));
  return certificates;
};

const carryOut = (deps: ShredDeps, caseRef: string): Promise<ShreddingCertificate> =>
  deps.db.transaction().execute(async (tx) => {
    await lockCase(tx, caseRef);
    const order = (await readOrder(tx, caseRef)) as VaultTables['vault.shredding'];
    // Somebody else finished it meanwhile.
    if (order.certificate !== null) return certificateOf(order.certificate);
    await ('destroyIn' in deps.keys ? deps.keys.destroyIn(tx, caseRef) : deps.keys.destroy(caseRef));
    const at = (deps.clock ?? systemClock).now();
    // Listed after the key is gone: what was put until then is named.
    const objects = await listObjects(deps.store, order.key_id);
    const text = canonicalJson(certificateContent(deps, order, objects, at));
    await vaultTables(tx)
      .updateTable('vault.shredding')
      .set({ certificate: text })
      .where('case_ref', '=', caseRef)
      .execute();
    const certificate = certificateOf(text);
    const payload = { certificate: certificate.sha256, keyId: order.key_id, objects: objects.length };
    const columns = [...orderColumns, 'certificate'];
    await tell(tx, { caseRef, actor: order.ordered_by, at, type: 'vault.case-shredded', columns, payload });
    return certificate;
  });

const certificateContent = (
  { store, keys }: ShredDeps,
  order: VaultTables['vault.shredding'],
  objects: readonly StoredAs[],
  destroyedAt: string,
): JsonObject => ({
  v: 1,
  what: 'tutela/shredding-certificate',
  case: order.case_ref,
  keyId: order.key_id,
  keyLay: keys.place,
  objectsLie: store.place,
  objects: objects.map(({ name, size }) => ({ name, size })),
  bytes: objects.reduce((sum, { size }) => sum + size, 0),
  request: JSON.parse(order.request) as JsonObject,
  requestDigest: order.request_digest,
  approvedBy: order.approved_by,
  carriedOutBy: order.ordered_by,
  orderedAt: order.ordered_at,
  destroyedAt,
  ledgerEvent: { type: 'vault.case-shredded', caseRef: order.case_ref },
});

interface StoredAs {
  readonly name: string;
  readonly size: number;
}

const listObjects = async (
  store: ObjectStore,
  keyId: VaultTables['vault.shredding']['key_id'],
): Promise<StoredAs[]> => {
  const objects: StoredAs[] = [];
  for await (const found of store.list(keyId)) {
    if (found.kind === 'object') objects.push({ name: found.name, size: found.size });
  }
  return objects;
};

const certificateOf = (text: string): ShreddingCertificate => ({
  text,
  sha256: createHash('sha256').update(text).digest('hex'),
});

const readOrder = (db: Kysely<unknown>, caseRef: string) =>
  vaultTables(db).selectFrom('vault.shredding').selectAll().where('case_ref', '=', caseRef).executeTakeFirst();

interface Told {
  readonly type: 'vault.shredding-ordered' | 'vault.case-shredded';
  readonly caseRef: string;
  readonly actor: string;
  readonly at: ReturnType<Clock['now']>;
  readonly columns: readonly string[];
  readonly payload: JsonObject;
}

/** Not sealed under the case key: it has to be readable when that is gone. */
const tell = (tx: Transaction<unknown>, { type, caseRef, actor, at, columns, payload }: Told): Promise<EventId> => {
  const effects = [{ kind: 'written', table: 'vault.shredding', key: { case_ref: caseRef }, columns }] as const;
  return appendEvent(tx, { type, actor, at, subjects: [`case:${caseRef}`], payload, effects, caseRef, seal: 'open' });
};
