import { inTransaction } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import type { ListDeps } from '../deps.js';
import { listEvent } from '../list-events.js';
import { recipientsOf } from '../queries/curation.js';
import type { ListId, MemberId } from '../schema.js';

export interface TracedRecipient {
  readonly member: MemberId;
  readonly name: string;
  readonly list: ListId;
  /** How many of their canaries were among the hashes. */
  readonly canaries: number;
}

/**
 * Whose list a leaked one is: the members whose canaries are among these hashes. Nobody, for a list from elsewhere and
 * for one from which the canaries were removed. That somebody asked is on record.
 */
export const traceCanaries = async (
  deps: ListDeps,
  { hashes, by }: { readonly hashes: readonly string[]; readonly by: string },
): Promise<readonly TracedRecipient[]> => {
  const wanted = [...new Set(hashes.map((hash) => hash.trim().toLowerCase()))];
  return await inTransaction(deps.db, async (tx) => {
    const found = await recipientsOf(tx, wanted);
    const traced = found.map(({ member_id, name, list_id, entries }) => ({
      member: member_id,
      name,
      list: list_id,
      canaries: entries,
    }));
    const said = {
      subjects: [...new Set(traced.map(({ list }) => `hashlist/${list}`))],
      payload: {
        hashes: wanted.length,
        found: traced.map(({ member, list, canaries }) => ({ member, list, canaries })),
      },
    };
    await appendEvent(tx, listEvent('list-leak-traced', { actor: by, at: deps.clock.now() }, said));
    return traced;
  });
};
