import type { Tx } from '@tutela/db';
import { nearBits } from '@tutela/fingerprint';
import { buildHammingIndex, type HammingIndex } from '@tutela/hashindex';
import { type Look, type Seed, seedsAfter } from './queries/pictures.js';

/**
 * The pictures that stand for others, in memory. A picture belongs to the nearest of them and never to one that only
 * belongs to it itself, so that no chain of small steps ends at a different picture.
 */
export interface LookAlikes {
  /**
   * Of each look the picture it belongs to: itself, where none is near; null without a fingerprint. Under
   * `lockBundling`, in the transaction that stores them.
   */
  readonly seedsFor: (tx: Tx, looks: readonly Look[]) => Promise<ReadonlyMap<string, string | null>>;
}

export const openLookAlikes = (): LookAlikes => {
  const seeds: string[] = [];
  let index: HammingIndex = buildHammingIndex(new Uint8Array(0));
  let last = '0';
  const learn = (found: readonly Seed[]): void => {
    if (found.length === 0) return;
    const bytes = Buffer.concat(found.map(({ pdq }) => pdq));
    if (seeds.length === 0) index = buildHammingIndex(bytes);
    else index.append(bytes);
    seeds.push(...found.map(({ sha256 }) => sha256));
    last = found.at(-1)?.ordinal ?? last;
  };
  return {
    seedsFor: async (tx, looks) => {
      // Only what is committed is learnt: this transaction's own may still be undone.
      learn(await seedsAfter(tx, last));
      const fresh: Look[] = [];
      const found = new Map<string, string | null>();
      for (const look of looks) {
        if (look.pdq === null) {
          found.set(look.sha256, null);
          continue;
        }
        const needle = look.pdq;
        const [hit] = index.search(needle, nearBits);
        const near = hit === undefined ? undefined : seeds[hit.entry];
        const beside = fresh.find(({ pdq }) => pdq !== null && distance(pdq, needle) <= nearBits);
        if (near === undefined && beside === undefined) fresh.push(look);
        found.set(look.sha256, near ?? beside?.sha256 ?? look.sha256);
      }
      return found;
    },
  };
};

const distance = (one: Uint8Array, other: Uint8Array): number =>
  one.reduce((bits, byte, at) => bits + ones(byte ^ (other[at] ?? 0)), 0);

const ones = (byte: number): number => (byte === 0 ? 0 : (byte & 1) + ones(byte >>> 1));
