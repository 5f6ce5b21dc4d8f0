import type { Environment } from './config.js';

/** Who acts at this command line, as it goes on record: a pseudonym of the staff, never a name. */
export const actorOf = (env: Environment): string => env.TUTELA_ACTOR || 'operator';
