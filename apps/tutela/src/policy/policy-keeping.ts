import { systemClock } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { addSite, remindDeadlines } from '@tutela/policy/postgres';
import type { Chore } from '../node/desk.js';

const hour = 3600;

/** What a node keeps of the policy: it tells of deadlines as they come near, each once. */
export const policyChores = (db: Db): readonly Chore[] => [
  {
    name: 'remind of deadlines',
    everySeconds: hour,
    run: () => inTransaction(db, (tx) => remindDeadlines(tx, { clock: systemClock })),
  },
];

/** Passkeys work under a host name and never under a bare address, so the page for approvals is that of `localhost`. */
export const noteApprovalSite = (db: Db, origin: string): Promise<void> => {
  const served = new URL(origin);
  served.hostname = 'localhost';
  const site = { origin: served.origin, by: 'tutela', at: systemClock.now() };
  return inTransaction(db, (tx) => addSite(tx, site));
};
