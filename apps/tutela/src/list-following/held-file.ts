import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { ExchangeEntry, Held } from '@tutela/hashlist';
import { makePrivateFolder, writePrivate } from '../config/private-file.js';
import { TutelaError } from '../tutela-error.js';

/** What a subscriber keeps of a list in a folder: `held.jsonl`, its first line what it is and how far it was read. */
export interface HeldFile extends Held {
  readonly entries: () => readonly ExchangeEntry[];
}

interface Heading {
  readonly v: 1;
  /** Root of the environment. */
  readonly root: string;
  readonly checkpoint: string;
}

/**
 * Entries and checkpoint are one file, written in the place of the one before: after a kill it holds the last window
 * that was read to its end, and the next one begins there.
 */
export const openHeldFile = async (folder: string, root: string): Promise<HeldFile> => {
  await makePrivateFolder(folder);
  const file = path.join(folder, 'held.jsonl');
  const { heading, entries } = await read(file);
  if (heading !== undefined && heading.root !== root)
    throw new TutelaError('usage', `${folder} holds the list of ${heading.root}.`, 'Choose another folder.');
  let checkpoint = heading?.checkpoint;
  return {
    checkpoint: async () => checkpoint,
    apply: async (changes) => {
      for (const entry of changes) entries.set(`${entry.member.id}/${entry.id}`, entry);
    },
    advance: async (to) => {
      const first: Heading = { v: 1, root, checkpoint: to };
      const lines = [first, ...entries.values()].map((line) => JSON.stringify(line));
      await writePrivate(file, `${lines.join('\n')}\n`);
      checkpoint = to;
    },
    entries: () => [...entries.values()],
  };
};

/** What was read into a folder. @throws TutelaError `unreadable` when there is nothing */
export const readHeldFile = async (folder: string) => {
  const { heading, entries } = await read(path.join(folder, 'held.jsonl'));
  if (heading === undefined)
    throw new TutelaError('unreadable', `${folder} holds no list.`, 'tutela list follow reads one into it.');
  return { root: heading.root, entries: [...entries.values()] };
};

const read = async (file: string) => {
  const entries = new Map<string, ExchangeEntry>();
  let heading: Heading | undefined;
  try {
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
      if (heading === undefined) heading = JSON.parse(line) as Heading;
      else {
        const entry = JSON.parse(line) as ExchangeEntry;
        entries.set(`${entry.member.id}/${entry.id}`, entry);
      }
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return { heading, entries };
};
