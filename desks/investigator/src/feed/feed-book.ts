import type { FeedAddress } from '@tutela/feed';

/** Minutes from the end of one fetch to the next that nobody asks for; `never`: somebody has to ask. */
export type FetchEvery = number | 'never';

/** A feed that the operator configured. Its credential is for the fetch alone and stands in no answer. */
export type ConfiguredFeed =
  | { readonly name: string; readonly state: 'ready'; readonly address: FeedAddress; readonly everyMinutes: FetchEvery }
  /** `open-to-others`: more than its owner may read the file; `malformed`: it is not as it has to be. */
  | { readonly name: string; readonly state: 'open-to-others' | 'malformed' };

/** The clearinghouses that this installation fetches from, by names of its own; asked anew each time. */
export type FeedBook = () => Promise<readonly ConfiguredFeed[]>;
