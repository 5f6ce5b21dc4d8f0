import { writeDurably } from '../bag/durable-file.js';
import type { BagFile } from '../bag/manifest.js';
import { formatEventLine, formatNodes, packagePaths, timestampPaths } from '../format/index.js';
import type { LedgerPart } from './ports.js';

/** Bytes in one write. */
const chunk = 1 << 16;

/** `data/ledger/`, one event and one hash after the other. */
export const writeLedgerPart = async (folder: string, part: LedgerPart): Promise<readonly BagFile[]> => {
  const files = [
    await writeDurably(folder, packagePaths.policy, part.policy),
    await writeDurably(folder, packagePaths.checkpoint, part.checkpoint),
    await writeDurably(folder, packagePaths.events, async () => inChunks(linesOf(part))),
    await writeDurably(folder, packagePaths.nodes, async () => inChunks(formatNodes(part.nodes(), part.size))),
  ];
  for (const { authority, reply, roots } of part.timestamps) {
    const paths = timestampPaths(authority);
    files.push(await writeDurably(folder, paths.token, reply), await writeDurably(folder, paths.roots, roots));
  }
  return files;
};

async function* linesOf({ events }: LedgerPart): AsyncGenerator<string> {
  for await (const line of events()) yield formatEventLine(line);
}

async function* inChunks(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let pending = '';
  for await (const text of texts) {
    pending += text;
    if (pending.length < chunk) continue;
    yield Buffer.from(pending, 'utf8');
    pending = '';
  }
  if (pending !== '') yield Buffer.from(pending, 'utf8');
}
