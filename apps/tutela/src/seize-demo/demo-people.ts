import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import type { PersonId } from '@tutela/policy';
import { installFirstPeople, listPeople } from '@tutela/policy/postgres';
import { makeKeyFile, openKeyFile, type PersonalKey, readPublicKeyFile } from '../policy/key-file.js';
import { granted } from '../policy/refusals.js';
import { TutelaError } from '../tutela-error.js';

/** Two people of the demonstration, with key files as anybody has them. The passphrase is public: they decide on nothing real. */
export interface DemoPeople {
  readonly enters: PersonalKey;
  readonly verifies: PersonalKey;
}

const passphrase = 'demonstration';
const names = [
  { id: 'demo-officer-1' as PersonId, name: 'Demonstration, first officer' },
  { id: 'demo-officer-2' as PersonId, name: 'Demonstration, second officer' },
] as const;

/** @throws TutelaError `usage` in an installation with other people: the demonstration wants one of its own */
export const demoPeople = async (db: Db, folder: string): Promise<DemoPeople> => {
  await mkdir(folder, { recursive: true });
  for (const who of names) {
    const file = fileOf(folder, who.id);
    if ((await access(file).catch(() => 'absent')) === 'absent') await makeKeyFile(file, who, passphrase);
  }
  const known = await listPeople(db);
  if (known.length === 0) {
    const [one, two] = await Promise.all(names.map(({ id }) => readPublicKeyFile(`${fileOf(folder, id)}.pub`)));
    if (one === undefined || two === undefined) throw new TypeError('there are two people');
    const by = { by: 'demonstration', at: systemClock.now() };
    granted(await inTransaction(db, (tx) => installFirstPeople(tx, [one, two], by)));
  } else if (!names.every(({ id }) => known.some((person) => person.id === id))) {
    const advice = 'Give it a folder of its own: tutela seize demo --data /tmp/tutela-demo';
    throw new TutelaError('usage', 'People are enrolled here; the demonstration would decide in their place.', advice);
  }
  const [enters, verifies] = await Promise.all(names.map(({ id }) => openKeyFile(fileOf(folder, id), passphrase)));
  if (enters === undefined || verifies === undefined) throw new TypeError('there are two people');
  return { enters, verifies };
};

const fileOf = (folder: string, id: PersonId): string => path.join(folder, `${id}.key`);
