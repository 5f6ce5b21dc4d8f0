import type { UtcInstant } from '@tutela/core';
import type { AuthorityRecord, RuleId, Step } from '@tutela/policy';

// What `data/records/` tells of a case. Everything is plain JSON; people are named by the pseudonym they act under.
// An absent member was not recorded. It is never filled in.

/** Legacy digests stand beside SHA-256 because older lists and reports know nothing else. Lower-case hexadecimal. */
export interface Digests {
  readonly sha256: string;
  readonly sha1?: string;
  readonly md5?: string;
}

export interface ToolUse {
  readonly name: string;
  readonly version: string;
  /** Of the program's binary. */
  readonly sha256?: string;
  readonly arguments?: string;
}

/** A thing seized or handed over (forensics.md §6.4). */
export interface ExhibitRecord {
  /** Exhibit number. */
  readonly id: string;
  readonly parent?: string;
  readonly description: string;
  readonly seizedAt?: UtcInstant;
  readonly seizedWhere?: string;
  readonly seizedBy?: string;
  /** A role such as `suspect-1`, never a name. */
  readonly seizedFrom?: string;
  readonly make?: string;
  readonly serial?: string;
  /** Bytes, decimal digits. */
  readonly capacity?: string;
  readonly seals?: readonly string[];
  readonly storagePlace?: string;
  readonly authority?: string;
  readonly acquisition?: {
    readonly at: UtcInstant;
    readonly by: string;
    readonly tool: ToolUse;
    readonly writeBlocker?: string;
    readonly imageFormat?: string;
    /** What could not be read; an empty list says that all of it could. */
    readonly readErrors: readonly string[];
  };
  /** Of the image. */
  readonly digests?: Digests;
  readonly timeZone?: string;
  /** Seconds that the device's clock was ahead of UTC. */
  readonly clockOffsetSeconds?: number;
}

/** Who had what in hand, and what was done with it. */
export interface CustodyRecord {
  /** 1, 2, 3, … within the case. */
  readonly seq: number;
  readonly at: UtcInstant;
  readonly clockSource?: string;
  readonly actor: string;
  readonly role?: string;
  readonly secondActor?: string;
  /** Such as `seized`, `sealed`, `imaged`, `handed-over`, `examined`. */
  readonly action: string;
  readonly objects: readonly { readonly id: string; readonly sha256In?: string; readonly sha256Out?: string }[];
  readonly authority?: string;
  readonly rule?: RuleId;
  readonly tool?: ToolUse;
  readonly host?: string;
  readonly result: string;
  readonly reason: string;
}

/** A report that another organisation sent. */
export interface ReportRecord {
  readonly id: string;
  readonly from: string;
  readonly receivedAt: UtcInstant;
  /** When the sender finished it. */
  readonly sentAt?: UtcInstant;
  readonly incidentType?: string;
  /** As the report states it; often the moment of detection. */
  readonly incidentAt?: string;
  readonly files: number;
  /** Of the delivery. */
  readonly sha256: string;
}

/** What may be done, as whoever may grant it did. */
export type AuthorityVersion = AuthorityRecord;

/** Why an act was allowed or was not. */
export interface DecisionRecord {
  readonly id: string;
  readonly at: UtcInstant;
  readonly actor: string;
  readonly step: Step;
  readonly objects: readonly string[];
  readonly answer: 'allow' | 'deny' | 'needs';
  readonly rule: RuleId;
  readonly authority?: string;
  /** Of the authority. */
  readonly version?: number;
  /** Conditions in words that had to be kept to. */
  readonly keepTo?: readonly string[];
}

/** A legal demand to a provider, with its scope. */
export interface OrderRecord {
  readonly id: string;
  readonly kind: string;
  readonly authority: string;
  readonly addressee: string;
  readonly issuedAt: UtcInstant;
  readonly sentAt?: UtcInstant;
  readonly questions: readonly {
    readonly address: string;
    readonly port?: number;
    readonly protocol?: string;
    readonly from: UtcInstant;
    readonly to: UtcInstant;
  }[];
  readonly disclosure: 'count' | 'handle' | 'identity';
  readonly documentSha256?: string;
}

/** The outcomes of attribution (attribution.md §4.3). */
export type AnswerOutcome = 'EXACT_ONE' | 'ONE_QUALIFIED' | 'N_CANDIDATES' | 'NONE_PROVEN' | 'NONE_UNKNOWN' | 'REFUSED';

/** What a provider answered to one question of an order. */
export interface AnswerRecord {
  readonly id: string;
  readonly order: string;
  /** Which of the order's questions, from 1. */
  readonly question?: number;
  readonly at: UtcInstant;
  readonly outcome: AnswerOutcome;
  readonly candidates?: number;
  /** Seconds to the nearest record of another subscriber; absent where there is none in the log. */
  readonly margin?: { readonly beforeSeconds?: number; readonly afterSeconds?: number };
  /** Pseudonym such as `subscriber-1`: who it is stands in the case, not here. */
  readonly subscriber?: string;
  readonly reasons: readonly string[];
  /** In the provider's words. */
  readonly caveats: readonly string[];
  readonly documentSha256?: string;
}

export interface ChronologyRecord {
  readonly at: UtcInstant;
  readonly what: string;
  /** Identifier of the record, item, report or answer that says so. */
  readonly source: string;
}
