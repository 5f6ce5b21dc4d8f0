import { done, type Outcome, refused } from '@tutela/core';
import { type Compartment, sha256Address, VaultError } from '@tutela/vault';
import type { CaseItem } from './material-source.js';

export type KeepFault = 'item-gone' | 'item-differs' | 'case-shredded';

/** Copies files into the compartment of their case, where they stay as they were approved until the case is shredded. */
export const keepItems = async (
  compartment: Compartment,
  items: readonly CaseItem[],
): Promise<Outcome<undefined, KeepFault>> => {
  try {
    return await keepAll(compartment, items);
  } catch (error) {
    if (error instanceof VaultError && error.code === 'key-destroyed') return refused('case-shredded', error.message);
    throw error;
  }
};

const keepAll = async (
  compartment: Compartment,
  items: readonly CaseItem[],
): Promise<Outcome<undefined, KeepFault>> => {
  for (const { id, digests, open } of items) {
    if ((await compartment.has(sha256Address(digests.sha256))) === 'present') continue;
    const opened = await open();
    if (opened.kind !== 'done') return refused('item-gone', `${id} cannot be read: ${opened.reason.message}`);
    const { sha256 } = await compartment.put(opened.value);
    if (sha256 !== digests.sha256) return refused('item-differs', `${id} is not what its record says`);
  }
  return done(undefined);
};
