import type { UtcInstant } from '@tutela/core';

export interface AccountRow {
  readonly kind: 'account';
  readonly account: string;
  readonly email: string | null;
  readonly registeredAt: UtcInstant | null;
  readonly registeredFrom: string | null;
  readonly plan: string | null;
}

export interface AccessRow {
  readonly kind: 'access';
  /** `null`: nobody had logged in. */
  readonly account: string | null;
  readonly address: string;
  /** `null`: the server wrote none. */
  readonly port: number | null;
  readonly at: UtcInstant;
  readonly request: string;
  readonly status: number;
}

export const eventKinds = ['notice-received', 'notice-answered', 'staff-access', 'takedown', 'payment'] as const;
export type ServiceEventKind = (typeof eventKinds)[number];

/** What the provider of the service knew or earned. */
export interface EventRow {
  readonly kind: 'event';
  readonly event: ServiceEventKind;
  readonly at: UtcInstant;
  readonly account: string | null;
  readonly reference: string | null;
  readonly staff: string | null;
  readonly what: string;
  /** Decimal text, with its currency. */
  readonly paid: { readonly amount: string; readonly currency: string } | null;
}

/** A file that one account sent another. */
export interface ShareRow {
  readonly kind: 'share';
  readonly sentAt: UtcInstant;
  readonly from: string;
  readonly to: string;
  readonly path: string;
  readonly openedAt: UtcInstant | null;
  readonly deletedAt: UtcInstant | null;
  readonly reportedAt: UtcInstant | null;
}

export type ServiceRow = AccountRow | AccessRow | EventRow | ShareRow;

/** What a record of a file came to, and the line it begins on, from 1. */
export type ReadRow =
  | { readonly kind: 'row'; readonly line: number; readonly row: ServiceRow }
  | { readonly kind: 'bad'; readonly line: number; readonly reason: string };

export const bad = (line: number, reason: string): ReadRow => ({ kind: 'bad', line, reason });
export const good = (line: number, row: ServiceRow): ReadRow => ({ kind: 'row', line, row });
