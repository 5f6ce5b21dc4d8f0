import { done, type JsonObject, nothing, type Outcome, refused } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { type ListVersion, treeOfCommitments } from '@tutela/hashlist/transparent';
import { nodeHasher } from '@tutela/ledger/node';
import { appendEvent } from '@tutela/ledger/postgres';
import type { ListDeps } from '../deps.js';
import { listEvent, wrote } from '../list-events.js';
import { allLists, findList } from '../queries/catalogue.js';
import { holdList } from '../queries/tables.js';
import {
  countRecipients,
  endOfChanges,
  insertVersion,
  listVersions,
  noteEvent,
  standingCommitments,
} from '../queries/versions.js';
import type { ListId } from '../schema.js';

/**
 * Publishes what stands on a list now: a Merkle root over the commitments to its entries becomes an event of the ledger.
 * Nothing is published when nothing changed.
 */
export const publishVersion = async (
  deps: ListDeps,
  list: ListId,
  by: string,
): Promise<Outcome<ListVersion, 'unknown-list' | 'unchanged'>> =>
  await inTransaction(deps.db, async (tx) => {
    await holdList(tx, list);
    const row = await findList(tx, list);
    if (row === undefined) return refused('unknown-list', `there is no list ${list}`);
    const commitments = await standingCommitments(tx, list);
    const recipients = await countRecipients(tx, list);
    const { root, size } = treeOfCommitments(nodeHasher, commitments);
    const [before] = await listVersions(tx, list, 1);
    if (before?.root === root && before.recipients === recipients) return nothing('unchanged', 'nothing has changed');
    const { sha256 } = await deps.vault.put(Buffer.from(commitments.join(''), 'hex'));
    const published: ListVersion = {
      v: 1,
      list,
      version: (before?.version ?? 0) + 1,
      asOf: await endOfChanges(tx, list, deps.clock.now()),
      size,
      root,
      recipients,
      canariesEach: row.canaries_each,
      ...(before === undefined ? {} : { previous: before.root }),
    };
    const { version, asOf, canariesEach } = published;
    const key = { list_id: list, version };
    const stored = { ...key, as_of: asOf, size, root, recipients, canaries_each: canariesEach };
    await insertVersion(tx, { ...stored, previous_root: before?.root ?? null, commitments_sha256: sha256 });
    // The number stands in the entry, for everybody: two events of one number are a fork inside of the log.
    const said = { subjects: [`hashlist/${list}/version/${version}`], payload: published as unknown as JsonObject };
    const event = listEvent(
      'list-published',
      { actor: by, at: asOf },
      { ...said, effects: [wrote('list_version', key)] },
    );
    await noteEvent(tx, key, await appendEvent(tx, event));
    return done(published);
  });

/** Publishes every list that has changed. Gives how many. */
export const publishChanged = async (deps: ListDeps): Promise<number> => {
  let published = 0;
  for (const { list_id } of await allLists(deps.db))
    if ((await publishVersion(deps, list_id, 'clearinghouse/list')).kind === 'done') published++;
  return published;
};
