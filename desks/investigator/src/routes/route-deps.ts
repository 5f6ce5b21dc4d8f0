import type { Clock, Outcome } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { Engine } from '@tutela/engine';
import type { RangeData } from '@tutela/ranges';
import type { FeedBook } from '../feed/feed-book.js';
import type { NamedPullFault } from '../feed/pull-by-name.js';
import type { Pulled } from '../feed/read-feed.js';
import { InvestigatorError } from '../investigator-error.js';
import type { Packages } from '../package/index.js';

/** Feeds of clearinghouses, and how to fetch from one. */
export interface Fetching {
  readonly feeds: FeedBook;
  readonly pull: (from: { readonly feed: string; readonly actor: string }) => Promise<Outcome<Pulled, NamedPullFault>>;
}

/** What the desk's routes work with. */
export interface RouteDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly engine?: () => Engine;
  readonly packages?: Packages;
  /** Left out where nobody brought data on whose addresses are whose. */
  readonly ranges?: RangeData;
  /** Left out by a desk that fetches from no clearinghouse. */
  readonly fetching?: Fetching;
}

/** @throws InvestigatorError `engine-broken` in a desk that was opened without an engine */
export const engineOf = ({ engine }: RouteDeps): Engine => {
  if (engine === undefined) throw new InvestigatorError('engine-broken', 'this desk was opened without an engine');
  return engine();
};

/** @throws InvestigatorError `no-packages` in a desk that makes none */
export const packagesOf = ({ packages }: RouteDeps): Packages => {
  if (packages === undefined) throw new InvestigatorError('no-packages', 'this desk makes no packages');
  return packages;
};
