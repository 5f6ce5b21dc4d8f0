import type { Clock } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { Engine } from '@tutela/engine';
import type { RangeData } from '@tutela/ranges';
import { InvestigatorError } from '../investigator-error.js';
import type { Packages } from '../package/index.js';

/** What the desk's routes work with. */
export interface RouteDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly engine?: () => Engine;
  readonly packages?: Packages;
  /** Left out where nobody brought data on whose addresses are whose. */
  readonly ranges?: RangeData;
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
