/** One thing that is not as it was signed or vouched for, and the row at fault. `size` and `index` are decimal text. */
export type Finding =
  // The log
  | { readonly kind: 'leaf-missing'; readonly from: string; readonly to: string }
  | { readonly kind: 'leaf-beyond-head'; readonly from: string; readonly to: string }
  | { readonly kind: 'event-missing'; readonly index: string; readonly eventId: string }
  | { readonly kind: 'entry-altered'; readonly index: string; readonly eventId: string }
  | { readonly kind: 'entry-malformed'; readonly eventId: string; readonly why: string }
  | { readonly kind: 'case-chain-broken'; readonly index: string; readonly eventId: string; readonly caseRef: string }
  | { readonly kind: 'subtree-altered'; readonly level: number; readonly index: string }
  | { readonly kind: 'subtree-missing'; readonly level: number; readonly index: string }
  // Heads
  | { readonly kind: 'head-unsigned'; readonly size: string; readonly why: string }
  /** The leaves are not those that were signed; the first wrong one is number `from` or later. */
  | { readonly kind: 'root-differs'; readonly size: string; readonly from: string }
  | { readonly kind: 'head-beyond-leaves'; readonly size: string }
  /** A head kept elsewhere is not a prefix of this log: it was cut, or grown again in another way. */
  | { readonly kind: 'head-not-in-log'; readonly size: string; readonly why: string }
  /** Not what the witness signed, or not for this head. */
  | { readonly kind: 'cosignature-altered'; readonly size: string; readonly witness: string; readonly why: string }
  /** A witness has signed a head that is not stored any more. */
  | { readonly kind: 'cosignature-of-no-head'; readonly size: string; readonly witness: string }
  /** A witness holds another history of this log: `size` is the head that it was sent, `witnessSize` the one it has. */
  | {
      readonly kind: 'fork';
      readonly witness: string;
      readonly size: string;
      readonly why: 'witness-has-more' | 'proof-refused';
      readonly witnessSize?: string;
    }
  /** The token does not prove what its row says, or not for this head. */
  | { readonly kind: 'timestamp-altered'; readonly size: string; readonly authority: string; readonly why: string }
  | { readonly kind: 'timestamp-of-no-head'; readonly size: string; readonly authority: string }
  // What events say
  | { readonly kind: 'opening-missing'; readonly eventId: string }
  | { readonly kind: 'opening-altered'; readonly eventId: string }
  | { readonly kind: 'opening-of-no-event'; readonly eventId: string }
  /** Sealed openings of a case, from this event on, do not open, and no event says that its key was destroyed. */
  | { readonly kind: 'case-key-missing'; readonly caseRef: string; readonly eventId: string }
  | { readonly kind: 'effects-altered'; readonly eventId: string }
  | { readonly kind: 'effects-of-no-event'; readonly eventId: string }
  // Rows of domain tables; `key` is the jsonb text of the row's key
  | { readonly kind: 'row-altered'; readonly table: string; readonly key: string; readonly eventId: string }
  | { readonly kind: 'row-missing'; readonly table: string; readonly key: string; readonly eventId: string }
  /** More rows than one have the key. */
  | { readonly kind: 'row-doubled'; readonly table: string; readonly key: string; readonly eventId: string }
  /** An event says that it is gone. */
  | { readonly kind: 'row-returned'; readonly table: string; readonly key: string; readonly eventId: string }
  | { readonly kind: 'row-without-event'; readonly table: string; readonly key: string }
  /** The rows cannot be compared: a key does not fit its column any more. */
  | { readonly kind: 'table-unreadable'; readonly table: string; readonly why: string }
  | { readonly kind: 'column-missing'; readonly table: string; readonly column: string }
  | { readonly kind: 'table-missing'; readonly table: string };

export interface LedgerReport {
  /** `intact` exactly when there is no finding. */
  readonly verdict: 'intact' | 'at-fault';
  readonly counts: {
    /** In the log. */
    readonly leaves: number;
    /** Written and not yet in the log: the sequencer's next batch, or its backlog. */
    readonly pending: number;
    readonly checkpoints: number;
    readonly cosignatures: number;
    /** Among them, those of a witness whose key is not known any more. */
    readonly cosignaturesWithoutKey: number;
    readonly timestamps: number;
    /** Among them, those of an authority whose root is not known any more. */
    readonly timestampsWithoutRoot: number;
    /** Openings sealed under the key of a case and not looked into, since nobody gave the means. */
    readonly sealed: number;
    /** Openings whose case has no key any more; what they vouched for cannot be compared. */
    readonly shredded: number;
    /** Rows of domain tables compared with the newest effect on them. */
    readonly rowsCompared: number;
    readonly findings: number;
  };
  /** Size of the newest head. */
  readonly size: string;
  /** The first of them, up to the limit asked for; `counts.findings` has all. */
  readonly findings: readonly Finding[];
}
