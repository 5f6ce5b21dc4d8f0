import type { JsonObject } from '@tutela/core';
import type { Tx } from '@tutela/db';
import type { WrittenEffect } from '@tutela/ledger/postgres';
import { type By, recordCaseAct } from '../case/cases.js';
import type { OrderId } from './schema.js';

export const importColumns = [
  'case_ref',
  'kind',
  'name',
  'document_sha256',
  'settings',
  'usable',
  'refused',
  'rows_sha256',
  'imported_at',
  'imported_by',
] as const;
export const rangeSourceColumns = [
  'kind',
  'name',
  'published',
  'sha256',
  'ranges',
  'imported_at',
  'imported_by',
] as const;
export const providerColumns = [
  'name',
  'holders',
  'country',
  'exchange_url',
  'email',
  'language',
  'answer_days',
  'sharing',
  'noted_at',
  'noted_by',
] as const;
const orderColumns = [
  'case_ref',
  'provider_id',
  'authority_id',
  'authority_version',
  'way',
  'document',
  'sha256',
  'state',
  'approval',
  'drafted_at',
  'drafted_by',
  'sent_at',
  'due_at',
  'remote_order_id',
  'settled_at',
  'reason',
] as const;

export const written = (table: string, key: WrittenEffect['key'], columns: readonly string[]): WrittenEffect => ({
  kind: 'written',
  table: `investigator.${table}`,
  key,
  columns,
});

const orderSubject = (orderId: OrderId): string => `investigator/order/${orderId}`;

/** Tells the ledger what became of an order, in the transaction that changed it. */
export const tellOrder = async (
  tx: Tx,
  {
    orderId,
    ...act
  }: By & {
    readonly type: string;
    readonly caseRef: string;
    readonly orderId: OrderId;
    readonly payload: JsonObject;
    readonly more?: readonly WrittenEffect[];
  },
): Promise<void> => {
  const { type, caseRef, by, at, payload, more = [] } = act;
  await recordCaseAct(tx, {
    type,
    caseRef,
    by,
    at,
    subjects: [orderSubject(orderId)],
    payload,
    effects: [written('provider_order', { order_id: orderId }, orderColumns), ...more],
  });
};
