import { readFile } from 'node:fs/promises';
import { done, type Outcome, refused } from '@tutela/core';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { ProviderBook } from './countries.js';

const rows = z.array(z.object({ holder: z.string().min(1), name: z.string().min(1), contact: z.string().min(1) }));

/** An operator's own list of whom to write to: `holder,name,contact`, the names in its first line. */
export const readProviderBook = async (file: string): Promise<Outcome<ProviderBook, 'unreadable'>> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return refused('unreadable', `${file} cannot be read`);
  try {
    const read = rows.parse(parse(text, { columns: true, bom: true, trim: true }));
    return done(new Map(read.map(({ holder, name, contact }) => [holder, { name, contact }])));
  } catch {
    return refused('unreadable', `${file} is no list of holder,name,contact`);
  }
};
