import type { SeizureDeps } from '../../seizure/deps.js';
import { errorsOfPass } from '../../seizure/queries/errors.js';
import { findPass, type PassRow } from '../../seizure/queries/sources.js';
import type { PassId } from '../../seizure/schema.js';
import { readPassStatus } from '../../seizure/status.js';
import { engineOf, type RouteDeps } from '../route-deps.js';
import { camel, told } from '../told.js';

export const seizureDepsOf = (deps: RouteDeps): SeizureDeps => ({
  db: deps.db,
  clock: deps.clock,
  engine: () => engineOf(deps),
});

export const unknownPass = (passId: string) => ({ code: 'unknown-pass', message: `there is no pass ${passId}` });

export const findPassNamed = ({ db }: RouteDeps, passId: string): Promise<PassRow | undefined> =>
  findPass(db, passId as PassId);

/** A pass as it stands now, with what went wrong. */
export const tellPass = async (deps: RouteDeps, row: PassRow) => {
  const { pass, counts, forecast } = await readPassStatus(seizureDepsOf(deps), row);
  const errors = await errorsOfPass(deps.db, pass.pass_id);
  return { ...camel(pass), counts: told(counts), forecast: told(forecast), errors: told(errors) };
};
