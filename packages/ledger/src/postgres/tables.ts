import type { Generated, Kysely } from 'kysely';

/** Drivers differ in what they make of `bigint`; `BigInt(…)` understands all of it. */
type Int8 = string | number | bigint;

/** Tables of the PostgreSQL schema `ledger`; what they mean stands in `migrations/`. */
export type LedgerTables = {
  readonly 'ledger.event': {
    readonly id: string;
    readonly seq: Generated<Int8>;
    readonly txid: Generated<string>;
    readonly entry: string;
  };
  readonly 'ledger.opening': {
    readonly event_id: string;
    readonly key: Uint8Array | null;
    readonly payload: string | null;
    readonly sealed: Uint8Array | null;
  };
  readonly 'ledger.effect': {
    readonly event_id: string;
    readonly ord: number;
    readonly table_name: string;
    readonly row_key: string;
    readonly kind: 'written' | 'gone';
  };
  readonly 'ledger.leaf': {
    readonly index: Int8;
    readonly event_id: string;
    readonly hash: Uint8Array;
    readonly case_ref: string | null;
    readonly case_seq: Int8 | null;
    readonly case_prev: Uint8Array | null;
  };
  readonly 'ledger.subtree': { readonly level: number; readonly index: Int8; readonly hash: Uint8Array };
  readonly 'ledger.checkpoint': {
    readonly size: Int8;
    readonly root: Uint8Array;
    readonly note: string;
    readonly at: string | Date;
  };
  readonly 'ledger.cosignature': {
    readonly size: Int8;
    readonly witness: string;
    readonly key_id: Uint8Array;
    readonly line: string;
    readonly at: string | Date;
  };
  readonly 'ledger.fork_alarm': {
    readonly witness: string;
    readonly key_id: Uint8Array;
    readonly size: Int8;
    readonly note: string;
    readonly why: 'witness-has-more' | 'proof-refused';
    /** numeric: a witness may say anything. */
    readonly witness_size: string | null;
    readonly at: string | Date;
  };
  readonly 'ledger.timestamp': {
    readonly size: Int8;
    readonly authority: string;
    readonly token: Uint8Array;
    readonly gen_time: string | Date;
    readonly chain: string;
    readonly at: string | Date;
  };
  readonly 'ledger.timestamp_failure': {
    readonly id: Generated<Int8>;
    readonly authority: string;
    readonly size: Int8;
    readonly at: string | Date;
    readonly code: string;
    readonly why: string;
  };
};

export type LedgerDb = Kysely<LedgerTables>;

/** Every table of the node is reached over one connection; this names ours. */
export const ledgerTables = (db: Kysely<unknown>): LedgerDb => db.withTables<LedgerTables>();
