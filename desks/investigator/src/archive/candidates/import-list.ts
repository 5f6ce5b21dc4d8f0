import { done, nothing, type Outcome } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { type Compartment, sha256Address } from '@tutela/vault';
import { InvestigatorError } from '../../investigator-error.js';
import type { ArchiveDeps } from '../deps.js';
import { insertWordList, listWordLists, type WordList } from '../queries/words.js';
import { nameBasedId } from '../set-id.js';

export interface WordListInput {
  readonly caseRef: string;
  /** For people, such as `rockyou-10k`. */
  readonly name: string;
  /** One word a line, the most used first; UTF-8. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Words of a block, the smallest piece of work. */
  readonly blockWords?: number;
}

export type ListCode = 'empty-list';

/** Keeps a word list in the vault of the case, under its digest. The same list again is the same list. */
export const importWordList = async (
  { db, vault, clock, actor }: Pick<ArchiveDeps, 'db' | 'vault' | 'clock' | 'actor'>,
  { caseRef, name, bytes, blockWords = 500 }: WordListInput,
): Promise<Outcome<WordList, ListCode>> => {
  const counter = countBlocks(blockWords);
  const { sha256, size } = await vault.forCase(caseRef).put(counter.through(bytes));
  const { words, offsets } = counter.finish(size);
  if (words === 0) return nothing('empty-list', 'the list has no words');
  const at = clock.now();
  const listId = nameBasedId('word-list', caseRef, sha256);
  return await inTransaction(db, async (tx) => {
    const list = {
      listId,
      caseRef,
      name,
      sha256,
      words,
      blockWords,
      blockOffsets: offsets,
      importedAt: at,
      importedBy: actor,
    };
    if ((await insertWordList(tx, list)) === 'known-already') {
      return done((await listWordLists(tx, caseRef)).find((known) => known.sha256 === sha256) ?? list);
    }
    await appendEvent(tx, {
      type: 'investigator.word-list-imported',
      actor,
      at,
      subjects: [],
      caseRef,
      payload: { name, sha256, words },
      effects: [
        {
          kind: 'written',
          table: 'investigator.word_list',
          key: { list_id: listId },
          columns: [
            'case_ref',
            'name',
            'sha256',
            'words',
            'block_words',
            'block_offsets',
            'imported_at',
            'imported_by',
          ],
        },
      ],
    });
    return done(list);
  });
};

const newline = 0x0a;

const countBlocks = (blockWords: number) => {
  const offsets = [0];
  let lines = 0;
  let at = 0;
  let last = newline;
  return {
    async *through(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const piece of bytes) {
        for (let end = piece.indexOf(newline); end >= 0; end = piece.indexOf(newline, end + 1)) {
          if (++lines % blockWords === 0) offsets.push(at + end + 1);
        }
        at += piece.length;
        last = piece.at(-1) ?? last;
        yield piece;
      }
    },
    finish: (size: number) => {
      if (offsets.at(-1) !== size) offsets.push(size);
      return { words: lines + (last === newline ? 0 : 1), offsets };
    },
  };
};

/** The words of one block of a list, in their order. */
export const readBlock = async (
  compartment: Compartment,
  list: WordList,
  block: number,
): Promise<readonly string[]> => {
  const [start, end] = [list.blockOffsets[block] ?? 0, list.blockOffsets[block + 1] ?? 0];
  const opened = await compartment.openRange(sha256Address(list.sha256), { start, end });
  if (opened.kind !== 'done') throw new InvestigatorError('archive-gone', `word list ${list.name} is not in the vault`);
  const pieces: Uint8Array[] = [];
  for await (const piece of opened.value.bytes) pieces.push(piece as Uint8Array);
  const lines = Buffer.concat(pieces).toString('utf8').split('\n');
  return lines.map((line) => line.replace(/\r$/, '')).filter((line) => line !== '');
};

export const blocksOf = ({ blockOffsets }: WordList): number => blockOffsets.length - 1;
