/** Documents of NCMEC's Hash Sharing API v2 (`https://report.cybertip.org/hashsharing/v2/documentation.pdf`). */

export const namespace = 'https://hashsharing.ncmec.org/hashsharing/v2';

/** Fingerprints that stand in an entry as text. */
export const smallTypes = ['MD5', 'SHA1', 'PDNA', 'PDQ', 'NETCLEAN'] as const;
/** Fingerprints that an entry only points to. The documentation and the open client name the last one differently. */
export const largeTypes = ['VIDENTIFIER', 'TMK_PDQF', 'SSVH_PDNA', 'TMK_SAFER_HASH', 'SSVH_SAFER_HASH'] as const;
export type SmallType = (typeof smallTypes)[number];
export type LargeType = (typeof largeTypes)[number];
export type FingerprintType = SmallType | LargeType;
export const fingerprintTypes: readonly FingerprintType[] = [...smallTypes, ...largeTypes];

/** Whoever takes part in an exchange; the number is the exchange's own. */
export interface ExchangeMember {
  readonly id: number;
  readonly name: string;
}

/** To the second, as the protocol writes it: `2026-03-01T00:00:05Z`. */
export type ExchangeTime = string;

export type Media = 'image' | 'video';

export interface Opinion {
  readonly type: FingerprintType;
  readonly affirmative: readonly ExchangeMember[];
  readonly negative: readonly { readonly reason: FeedbackReason; readonly members: readonly ExchangeMember[] }[];
}

export interface FeedbackReason {
  readonly guid: string;
  readonly name: string;
}

export interface SharedEntry {
  readonly kind: 'shared';
  readonly media: Media;
  readonly member: ExchangeMember;
  readonly timestamp: ExchangeTime;
  readonly id: string;
  readonly classification?: string;
  /** As the exchange gives them; hexadecimal for MD5, SHA-1 and PDQ. */
  readonly fingerprints: Readonly<Partial<Record<SmallType, string>>>;
  /** Addresses relative to the environment's root: to be used as given, never built or kept. */
  readonly large: Readonly<Partial<Record<LargeType, string>>>;
  readonly feedback?: { readonly lastUpdate: ExchangeTime; readonly opinions: readonly Opinion[] };
}

export interface DeletedEntry {
  readonly kind: 'deleted';
  readonly media: Media;
  readonly member: ExchangeMember;
  readonly timestamp: ExchangeTime;
  readonly id: string;
}

export type ExchangeEntry = SharedEntry | DeletedEntry;

export interface QueryResult {
  readonly entries: readonly ExchangeEntry[];
  /** Relative to the environment's root; absent on the last page of a window. */
  readonly next?: string;
}

export interface StatusDocument {
  readonly ipAddress: string;
  readonly username: string;
  readonly member: ExchangeMember;
}

export interface CategorizationGroup {
  readonly name: string;
  readonly allowMultiple: 'true' | 'false';
  readonly categorizations: readonly FeedbackReason[];
}

export type FeedbackSubmission =
  | { readonly kind: 'affirmative' }
  | { readonly kind: 'negative'; readonly reasons: readonly string[] };
