/** `GET /status` as the console reads it. What a desk says in its summary is its own. */
export interface NodeStatus {
  readonly v: number;
  /** `demonstration`: people who do not exist are enrolled, and nothing proves anything. */
  readonly kind: 'installation' | 'demonstration';
  readonly desks: readonly DeskStatus[];
  readonly ledger: LedgerStatus;
}

export type DeskStatus =
  | { readonly name: string; readonly summary: Readonly<Record<string, unknown>> }
  | { readonly name: string; readonly problem: string };

export interface LedgerStatus {
  readonly size: number;
  readonly root: string | null;
  readonly signedAt: string | null;
  readonly pending: number;
  readonly timestamps: readonly unknown[];
  readonly sequencer?: { readonly state: string; readonly reason?: string };
  /** A sentence where there is none. */
  readonly witnesses: readonly unknown[] | string;
}
