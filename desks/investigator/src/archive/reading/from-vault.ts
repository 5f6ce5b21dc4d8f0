import { type Outcome, refused } from '@tutela/core';
import { sha256Address, type Vault } from '@tutela/vault';
import type { ArchiveItem } from '../archive-item.js';
import { type ReadableItem, type ReadFault, readable } from './readable-item.js';
import { openScratchFile } from './scratch-file.js';

/** Opens what the vault of its case holds. */
export const openFromVault = async (
  vault: Vault,
  scratch: string,
  item: ArchiveItem,
): Promise<Outcome<ReadableItem, ReadFault>> => {
  const stored = await vault.forCase(item.caseRef).open(sha256Address(item.sha256));
  if (stored.kind !== 'done') return refused('not-kept', 'its bytes were not stored');
  const file = await openScratchFile(scratch);
  for await (const piece of stored.value.bytes) await file.writeFile(piece as Uint8Array);
  return readable(file, item);
};
