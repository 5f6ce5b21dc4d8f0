import type { Db } from '@tutela/db';
import { findRequest, type RequestState, requestsBeginning } from '@tutela/policy/postgres';
import { TutelaError } from '../tutela-error.js';

/** The request whose digest begins so. @throws TutelaError `usage` when there is none, or more than one */
export const requestNamed = async (db: Db, name: string): Promise<RequestState> => {
  const digests = /^[0-9a-f]{6,64}$/.test(name) ? await requestsBeginning(db, name) : [];
  const [only] = digests;
  const found = only !== undefined && digests.length === 1 ? await findRequest(db, only) : undefined;
  if (found !== undefined) return found;
  const what = digests.length > 1 ? `Several requests begin with ${name}.` : `There is no request ${name}.`;
  throw new TutelaError('usage', what, 'tutela approval list --state all names them; six letters at least.');
};
