import { isIP } from 'node:net';
import { parseInstant, type UtcInstant } from '@tutela/core';
import { z } from 'zod';
import { csvTable } from './csv-table.js';
import type { TextLine } from './lines.js';
import type { EventRow, ReadRow } from './service-row.js';

const account = z.string().trim().min(1).max(200);
const text = z.string().max(2000);
const instant = z.string().transform((value, context): UtcInstant => {
  const moment = parseInstant(value);
  if (moment !== undefined) return moment;
  context.addIssue({ code: 'custom', message: 'no moment with a zone' });
  return z.NEVER;
});
/** An empty cell says nothing. */
const maybe = <Out>(of: z.ZodType<Out, string>) =>
  z
    .string()
    .transform((value) => (value === '' ? null : value))
    .pipe(z.nullable(of));
const address = z.string().refine((value) => isIP(value) !== 0, 'no address');

const accounts = z.object({
  account,
  email: maybe(text),
  registered_at: maybe(instant),
  registered_from: maybe(address),
  plan: maybe(text),
});
export const readAccounts = (lines: AsyncIterable<TextLine>): AsyncIterable<ReadRow> =>
  csvTable(lines, accounts, (columns) => ({
    kind: 'account',
    account: columns.account,
    email: columns.email,
    registeredAt: columns.registered_at,
    registeredFrom: columns.registered_from,
    plan: columns.plan,
  }));

const payments = z.object({
  at: instant,
  account,
  amount: z.string().regex(/^-?\d{1,12}(\.\d{1,4})?$/, 'no amount'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'no currency'),
  method: text,
  reference: text,
});
export const readPayments = (lines: AsyncIterable<TextLine>): AsyncIterable<ReadRow> =>
  csvTable(lines, payments, ({ amount, currency, method, ...columns }) =>
    event('payment', { ...columns, what: method, paid: { amount, currency } }),
  );

const staff = z.object({ at: instant, staff: text, action: text, account });
export const readStaffAccess = (lines: AsyncIterable<TextLine>): AsyncIterable<ReadRow> =>
  csvTable(lines, staff, ({ action, ...columns }) => event('staff-access', { ...columns, what: action }));

const takedowns = z.object({ at: instant, notice: text, account, action: text });
export const readTakedowns = (lines: AsyncIterable<TextLine>): AsyncIterable<ReadRow> =>
  csvTable(lines, takedowns, ({ at, account: whose, notice, action }) =>
    event('takedown', { at, account: whose, reference: notice, what: action }),
  );

const shares = z.object({
  sent_at: instant,
  from_account: account,
  to_account: account,
  path: text,
  opened_at: maybe(instant),
  deleted_at: maybe(instant),
  reported_at: maybe(instant),
});
export const readShares = (lines: AsyncIterable<TextLine>): AsyncIterable<ReadRow> =>
  csvTable(lines, shares, (columns) => ({
    kind: 'share',
    sentAt: columns.sent_at,
    from: columns.from_account,
    to: columns.to_account,
    path: columns.path,
    openedAt: columns.opened_at,
    deletedAt: columns.deleted_at,
    reportedAt: columns.reported_at,
  }));

export const event = (
  kind: EventRow['event'],
  facts: Pick<EventRow, 'at' | 'what'> & Partial<Omit<EventRow, 'kind' | 'event'>>,
): EventRow => ({ account: null, reference: null, staff: null, paid: null, ...facts, kind: 'event', event: kind });
