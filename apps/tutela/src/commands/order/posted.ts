import { inTransaction } from '@tutela/db';
import { notePosted, type OrderId, type PostingWay } from '@tutela/investigator-desk';
import { printJson, type TutelaContext } from '../../context.js';
import { accepted } from '../../output/accepted.js';
import { withWorkplace } from '../with-workplace.js';
import { actingNow } from './acting-now.js';
import type { JsonFlags } from './observations.js';

export type PostedFlags = JsonFlags & { readonly on: string; readonly way: PostingWay; readonly receipt: string };

/** A person posted the letter of an order, and notes when, how and under which number. */
export async function posted(this: TutelaContext, flags: PostedFlags, id: string): Promise<void> {
  const { on: postedOn, way, receipt } = flags;
  const posting = { orderId: id as OrderId, postedOn, way, receipt };
  const noted = await withWorkplace(this, flags, 'writes', async ({ database: { db } }) =>
    accepted(await inTransaction(db, (tx) => notePosted(tx, posting, actingNow(this)))),
  );
  if (flags.json) printJson(this, { v: 1, orderId: id, postedOn, way, receipt, dueAt: noted.due_at });
  else this.log(`Noted. An answer is due on ${noted.due_at?.slice(0, 10)}: tutela order answer enters it.`);
}
