import { done, type Outcome, refused } from '@tutela/core';
import { z } from 'zod';

export const channels = ['feed', 'email', 'post', 'partner'] as const;
/** Instruments on which a request to an authority can rest; recorded only where the row's source says so. */
export const instruments = [
  'budapest-convention',
  'budapest-24-7',
  'cloud-act',
  'mlat',
  'interpol-ncb',
  'inhope-partner',
] as const;

const list = (text: string): readonly string[] => text.split(';').flatMap((part) => part.trim() || []);
const text = (most: number) => z.string().trim().min(1).max(most);

/**
 * One row of the operator's file. Lists are divided by `;`. An authority that gets notices or letters has an address;
 * `incident_types`, as reports name them (protocols.md §1), left empty are all.
 */
export const authorityRow = z
  .strictObject({
    authority_id: z.string().regex(/^[a-z]{2}-[a-z0-9][a-z0-9-]{0,60}$/, 'is no id such as de-demo'),
    country: z.string().regex(/^[A-Z]{2}$/, 'is no ISO 3166 code'),
    name: text(200),
    jurisdiction: text(200),
    takes: z.enum(['reports', 'diverted']),
    channel: z.enum(channels),
    address: z.string().trim().max(500),
    languages: z
      .string()
      .transform(list)
      .pipe(z.array(z.string().regex(/^[a-z]{2}$/, 'is no ISO 639 code')).min(1)),
    incident_types: z
      .string()
      .transform(list)
      .pipe(z.array(text(200))),
    instruments: z
      .string()
      .transform(list)
      .pipe(z.array(z.enum(instruments))),
    standing: z.enum(['active', 'closed']),
    source: text(500),
    source_date: z.iso.date(),
  })
  .refine(({ authority_id: id, country }) => id.startsWith(`${country.toLowerCase()}-`), {
    path: ['authority_id'],
    message: 'begins with another country than the row names',
  })
  .refine(({ channel, address }) => channel !== 'email' || z.email().safeParse(address).success, {
    path: ['address'],
    message: 'is no e-mail address',
  })
  .refine(({ channel, address }) => channel !== 'post' || address !== '', {
    path: ['address'],
    message: 'is missing: letters have to go somewhere',
  });
export type AuthorityRow = z.output<typeof authorityRow>;

export const authorityColumns = [
  'authority_id',
  'country',
  'name',
  'jurisdiction',
  'takes',
  'channel',
  'address',
  'languages',
  'incident_types',
  'instruments',
  'standing',
  'source',
  'source_date',
] as const satisfies readonly (keyof AuthorityRow)[];

/** A row as it stands in the file, or what is wrong with it, member by member. */
export const readAuthority = (row: unknown): Outcome<AuthorityRow, 'malformed-row'> => {
  const read = authorityRow.safeParse(row);
  if (read.success) return done(read.data);
  const faults = read.error.issues.map(({ path, message }) => `${path.join('.') || 'the row'} ${message}`);
  return refused('malformed-row', faults.join('; '));
};
