import { toHex } from '@tutela/core';
import type { Checkpoint, Hasher } from '@tutela/ledger';
import { packagePaths } from '../format/index.js';
import { parseNodes } from '../format/nodes.js';
import { type CaseHistory, placeOf } from './case-history.js';
import type { FaultList } from './fault.js';
import { completeTree } from './tree-completion.js';

/**
 * That the case's events and nodes.json give the root of the checkpoint.
 * @param chunks of nodes.json
 * @returns how many nodes were used
 */
export const checkTree = async (
  hasher: Hasher,
  { leaves, order, last }: CaseHistory,
  chunks: AsyncIterable<Uint8Array>,
  checkpoint: Checkpoint | undefined,
  faults: FaultList,
): Promise<number> => {
  // With an event missing or in another place no root can be had: the history's faults say it all.
  if (checkpoint === undefined || order === 'broken' || last === undefined) return 0;
  const file = packagePaths.nodes;
  if (last.index >= checkpoint.size) {
    faults.add('proof-wrong', placeOf(last), `the tree of the checkpoint has ${checkpoint.size} leaves`);
    return 0;
  }
  const parts = parseNodes(chunks);
  const completed = await completeTree(hasher, leaves.take(), parts, checkpoint.size);
  await parts.return(undefined);
  if (completed.kind !== 'root') {
    faults.add(completed.kind === 'malformed' ? 'malformed' : 'proof-wrong', { file }, completed.why);
    return 0;
  }
  if (toHex(completed.root) !== toHex(checkpoint.root)) {
    // Nothing but the root holds the last event.
    const { event } = placeOf(last);
    faults.add('proof-wrong', { file, event }, 'these nodes, or the last event, or all events anew, give another root');
  }
  return completed.nodes;
};
