import type { ApprovalSite } from '../approval/rules.js';
import { type By, recordAct, wrote } from './record-act.js';
import { type AnyDb, policyTables, type Tx } from './tables.js';

/** The relying party of an installation without a name of its own: passkeys work on no page with a bare address. */
const ownHost = 'localhost';

/** Notes that the page for approvals is served at an origin, such as `http://localhost:8642`; an event the first time. */
export const addSite = async (tx: Tx, { origin, by, at }: By & { readonly origin: string }): Promise<void> => {
  const row = await policyTables(tx)
    .insertInto('policy.site')
    .values({ origin, added_at: at, added_by: by })
    .onConflict((conflict) => conflict.doNothing())
    .returning('origin')
    .executeTakeFirst();
  if (row === undefined) return;
  const effects = [wrote('site', { origin })];
  await recordAct(tx, { type: 'policy.site-added', by, at, subjects: [origin], payload: { rpId: ownHost }, effects });
};

/** The pages at which this installation's passkeys count. */
export const readSite = async (db: AnyDb): Promise<ApprovalSite> => {
  const rows = await policyTables(db).selectFrom('policy.site').select('origin').orderBy('origin').execute();
  return { rpId: ownHost, origins: rows.map(({ origin }) => origin) };
};
