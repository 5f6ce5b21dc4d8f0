import { createHash } from 'node:crypto';
import { done, type Outcome, refused } from '@tutela/core';
import { openContent, writeDurably } from '../bag/durable-file.js';
import type { BagFile } from '../bag/manifest.js';
import type { ContentsFile, ExportContent } from '../format/index.js';
import type { MaterialItem } from '../material/case-material.js';
import { encryptFor } from './encrypt.js';
import { itemPath } from './item-path.js';

export interface WrittenFile {
  readonly file: BagFile;
  /** As contents.json names it. */
  readonly entry: ContentsFile;
}

/** The files of the items: in the clear, or encrypted where the request names recipients. */
export const writeItems = async (
  folder: string,
  items: readonly MaterialItem[],
  { recipients }: ExportContent,
): Promise<Outcome<readonly WrittenFile[], 'item-differs'>> => {
  const written: WrittenFile[] = [];
  for (const item of items) {
    const form = recipients.length === 0 ? 'plain' : 'encrypted';
    const plain = takingDigest(item);
    const content = async () => (form === 'plain' ? plain.bytes() : await encryptFor(recipients, plain.bytes()));
    const file = await writeDurably(folder, itemPath(item, form), content);
    const { sha256, bytes } = plain.taken();
    if (sha256 !== item.digests.sha256 || bytes !== item.bytes) {
      return refused('item-differs', `${item.id} (${item.as}) is not what was approved: its SHA-256 is ${sha256}`);
    }
    const entry = { ...entryOf(file), role: item.as, item: item.id };
    written.push({ file, entry: form === 'plain' ? entry : { ...entry, plain: { sha256, bytes: String(bytes) } } });
  }
  return done(written);
};

export const entryOf = ({ path, bytes, sha256 }: BagFile) => ({ path, bytes: String(bytes), sha256 });

const takingDigest = (item: MaterialItem) => {
  const hash = createHash('sha256');
  let bytes = 0n;
  return {
    bytes: async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of await openContent(item.open)) {
        hash.update(chunk);
        bytes += BigInt(chunk.length);
        yield chunk;
      }
    },
    taken: () => ({ sha256: hash.digest('hex'), bytes }),
  };
};
