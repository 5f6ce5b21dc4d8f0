import { groupBy } from '@tutela/core';
import type { Db } from '@tutela/db';
import { listProviders, listUsable, type UsableObservation } from './queries.js';

/** Observations of a case that go to one provider; only these rows are ever sent to it. */
export interface ProviderGroup {
  /** `undefined`: no file names a holder, or nobody noted who that holder is. */
  readonly providerId: string | undefined;
  readonly holder: string | undefined;
  readonly countries: readonly string[];
  readonly observations: number;
  readonly addresses: number;
  readonly withoutPort: number;
  readonly clockUnknown: number;
  /** Typed, and not yet compared with the document by a second person. */
  readonly unconfirmed: number;
  /** Files differ on the country: 2 to 6 % of addresses are routed to a wrong one by any one file. */
  readonly disputed: number;
  readonly asked: number;
}

/** The case's observations by whose addresses they are. */
export const groupObservations = async (db: Db, caseRef: string): Promise<readonly ProviderGroup[]> => {
  const [rows, providers] = await Promise.all([listUsable(db, caseRef), listProviders(db)]);
  const names = new Map(providers.map(({ provider_id, name }) => [provider_id, name]));
  const groups = groupBy(rows, ({ provider_id, holder }) => provider_id ?? `holder ${holder ?? ''}`);
  return [...groups.values()]
    .map((group) => groupOf(group, names))
    .sort((one, other) => other.observations - one.observations);
};

const groupOf = (rows: readonly UsableObservation[], names: ReadonlyMap<string, string>): ProviderGroup => {
  const [{ provider_id, holder }] = rows as readonly [UsableObservation];
  const count = (test: (row: UsableObservation) => boolean): number => rows.filter(test).length;
  return {
    providerId: provider_id ?? undefined,
    holder: (provider_id === null ? holder : names.get(provider_id)) ?? undefined,
    countries: [...new Set(rows.flatMap(({ country }) => country ?? []))].sort(),
    observations: rows.length,
    addresses: new Set(rows.map(({ ip }) => ip)).size,
    withoutPort: count(({ port }) => port === null),
    clockUnknown: count(({ asked }) => asked?.clock.errorSeconds === 'unknown'),
    unconfirmed: count(isUnconfirmed),
    disputed: count(({ countries }) => countries > 1),
    asked: count(({ orders }) => orders > 0),
  };
};

export const isUnconfirmed = ({ entry, confirmed }: UsableObservation): boolean =>
  entry === 'transcribed' && !confirmed;
