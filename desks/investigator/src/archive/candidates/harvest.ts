import type { JsonObject } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { watchAuthorities } from '@tutela/policy/postgres';
import { type ArchiveItem, folderOf, objectOf, ownerOf } from '../archive-item.js';
import { type AuthorityKey, obtainAuthorityKey } from '../authority-key.js';
import { type Decided, recordDecided } from '../decisions.js';
import type { ArchiveDeps } from '../deps.js';
import { textsToRead } from '../queries/items.js';
import { insertSightings, markHarvested, type SightingRow } from '../queries/words.js';
import { isPassing } from '../reading/readable-item.js';
import { type HarvestedText, sightingsOf } from './sightings.js';

export interface HarvestInput {
  readonly caseRef: string;
  readonly authorityId: string;
}

const largestText = 1 << 20;
const textsAtOnce = 200;

/**
 * Reads the small texts of a seizure for words that may be passwords. A text is read only where the same authority grants
 * both `match` (its content is searched) and `attempt` (that is what the words are for).
 */
export const harvestTexts = async (deps: ArchiveDeps, { caseRef, authorityId }: HarvestInput): Promise<number> => {
  const { db, clock, actor: by } = deps;
  const key = await obtainAuthorityKey(deps, caseRef, authorityId);
  const watch = watchAuthorities(db, caseRef, clock);
  let texts = 0;
  for (let after = 0; ; ) {
    const asked = { caseRef, authorityId, bytes: largestText, limit: textsAtOnce };
    const items = await textsToRead(db, asked, after);
    const last = items.at(-1);
    if (last === undefined) return texts;
    after = last.itemId;
    const scope = await watch.scope();
    const decided: Decided[] = [];
    const rows: SightingRow[] = [];
    const read: number[] = [];
    for (const item of items) {
      const decisions = (['match', 'attempt'] as const).map((step) => ({
        step,
        items: [item],
        decision: scope.decide({ step, object: objectOf(item) }),
      }));
      decided.push(...decisions);
      if (!decisions.every(({ decision }) => decision.answer === 'allow' && decision.authority === authorityId))
        continue;
      const words = await wordsOf(deps, key, item);
      // Read at the next harvest, where that can be.
      if (words === 'not-now') continue;
      rows.push(...words);
      read.push(item.itemId);
    }
    texts += read.length;
    await inTransaction(db, async (tx) => {
      const at = clock.now();
      await recordDecided(tx, caseRef, decided, { by, at });
      await insertSightings(tx, { caseRef, authorityId }, rows);
      await markHarvested(tx, authorityId, read);
      if (read.length > 0) await tell(tx, { texts: read.length, words: rows.length });
    });
  }

  async function tell(tx: Parameters<typeof appendEvent>[0], payload: JsonObject): Promise<void> {
    const type = 'investigator.words-harvested';
    await appendEvent(tx, { type, actor: by, at: clock.now(), subjects: [authorityId], caseRef, payload, effects: [] });
  }
};

const wordsOf = async (
  deps: ArchiveDeps,
  key: AuthorityKey,
  item: ArchiveItem,
): Promise<readonly SightingRow[] | 'not-now'> => {
  const opened = await deps.reader.open(item);
  if (opened.kind !== 'done') return isPassing(opened.reason.code) ? 'not-now' : [];
  const { source, size, close } = opened.value;
  try {
    const text = Buffer.from(await source.read(0, size)).toString('utf8');
    return sightingsOf(key, { text, kind: 'text', itemId: item.itemId, owner: ownerOf(item), folder: folderOf(item) });
  } finally {
    await close();
  }
};

export interface NotedTexts extends HarvestInput {
  /** Posts and messages of the service, each read under this authority. */
  readonly texts: readonly {
    readonly text: string;
    readonly kind: 'post' | 'address-of-service';
    /** Absent: to be tried on all that the authority covers. */
    readonly account?: string;
  }[];
}

/** Takes words from texts that are no files: what accounts wrote, and the service's own address. Whoever calls was admitted to read them. */
export const noteTexts = async (deps: ArchiveDeps, { caseRef, authorityId, texts }: NotedTexts): Promise<number> => {
  const key = await obtainAuthorityKey(deps, caseRef, authorityId);
  const rows = texts.flatMap(({ text, kind, account }) => {
    const owner = account === undefined ? '*' : `account ${account}`;
    return sightingsOf(key, { text, kind, itemId: null, owner, folder: owner } satisfies HarvestedText);
  });
  await inTransaction(deps.db, async (tx) => {
    await insertSightings(tx, { caseRef, authorityId }, rows);
    await appendEvent(tx, {
      type: 'investigator.words-harvested',
      actor: deps.actor,
      at: deps.clock.now(),
      subjects: [authorityId],
      caseRef,
      payload: { texts: texts.length, words: rows.length },
      effects: [],
    });
  });
  return rows.length;
};
