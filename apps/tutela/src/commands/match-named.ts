import type { Platform } from '@tutela/platform-desk';
import { TutelaError } from '../tutela-error.js';

export const whereIdsAre = 'tutela review list names the matches that wait.';

const beginning = /^[0-9a-f-]{4,36}$/;

/** The match whose id begins so. @throws TutelaError `usage` when there is none, or more than one */
export const matchNamed = async (platform: Platform, name: string): Promise<string> => {
  const found = beginning.test(name) ? await platform.matchesBeginning(name) : [];
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const what = found.length > 1 ? `Several matches begin with ${name}.` : `${name} is not the id of a match.`;
  throw new TutelaError('usage', what, found.length > 1 ? 'Give more of the id.' : whereIdsAre);
};
