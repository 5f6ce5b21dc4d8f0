import type { UtcInstant } from '@tutela/core';

/** `any`: the authority does not limit this. A list covers what it names; an empty one covers nothing. */
export type Limit<T> = 'any' | readonly T[];

/** From the first moment until before the second. */
export interface Period {
  readonly from: UtcInstant;
  readonly to: UtcInstant;
}

/** What an authority covers. Every limit is stated, so that one nobody thought of does not widen it. */
export interface Scope {
  /** Exhibits or other sources, by id. */
  readonly sources: Limit<string>;
  /** Accounts, by the identifier the service knows them by; compared letter by letter. */
  readonly accounts: Limit<string>;
  /** Addresses and prefixes: `192.0.2.7`, `2001:db8::/32`. */
  readonly addresses: Limit<string>;
  readonly periods: Limit<Period>;
  /** Such as `picture`, `video`, `message`, `archive`, `document`. */
  readonly fileClasses: Limit<string>;
  /** The object has to hold one of them; found by whoever reads it. */
  readonly keywords: Limit<string>;
  /** What is not covered whatever else is: exclusions win over all of the above. */
  readonly exclusions: readonly Exclusion[];
  /** Words that make an object the filter team's, such as the names of counsel. */
  readonly privilegeTerms: readonly string[];
}

/** Excludes what fulfils every condition stated; at least one is. */
export interface Exclusion {
  readonly sources?: readonly string[];
  /** Of paths, with `/`: the folder and all below it. */
  readonly folders?: readonly string[];
  readonly accounts?: readonly string[];
  readonly addresses?: readonly string[];
  readonly periods?: readonly Period[];
  readonly fileClasses?: readonly string[];
  readonly keywords?: readonly string[];
  /** In the words of the document. */
  readonly reason: string;
}
