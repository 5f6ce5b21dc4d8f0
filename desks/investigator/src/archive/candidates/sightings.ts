import { harvestWords } from '@tutela/recovery';
import type { AuthorityKey } from '../authority-key.js';
import type { SightingKind, SightingRow } from '../queries/words.js';

/** A text of the seizure, and whose it is. */
export interface HarvestedText {
  readonly text: string;
  readonly kind: Exclude<SightingKind, 'recovered' | 'stated'>;
  readonly itemId: number | null;
  readonly owner: string;
  readonly folder: string;
}

const firstRank = { 'named-as-password': 0, address: 1000, 'looks-like-one': 2000 } as const;
const wordsOfText = 100;
const longestWord = 127;

/** The words worth trying of a text, sealed. */
export const sightingsOf = (key: AuthorityKey, { text, kind, itemId, owner, folder }: HarvestedText): SightingRow[] =>
  harvestWords(text, { words: wordsOfText })
    .filter(({ word }) => word.length <= longestWord && !word.includes('\0'))
    .map(({ word, offset, how }, at) => ({
      mac: key.macOf(word),
      sealed: key.seal(word).toString('hex'),
      kind,
      item_id: itemId,
      secret_id: null,
      stated_by: null,
      place: offset,
      rank: firstRank[how] + at,
      owner,
      folder,
    }));
