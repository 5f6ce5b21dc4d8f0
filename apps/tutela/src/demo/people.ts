import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { type PersonId, parsePersonId, type RequestDigest } from '@tutela/policy';
import { installFirstPeople, listPeople, readSite, recordApproval, requestPerson } from '@tutela/policy/postgres';
import type { Workplace } from '../node/workplace.js';
import { makeKeyFile, openKeyFile, type PersonalKey, readPublicKeyFile } from '../policy/key-file.js';
import { granted } from '../policy/refusals.js';
import { signedApproval } from '../policy/signed-approval.js';

/** Who acts in the demonstration: one who asks, two who approve. Nobody real. */
export interface DemoPeople {
  readonly investigator: PersonalKey;
  readonly approvers: readonly [PersonalKey, PersonalKey];
}

/** No secret: it stands in the documentation, and whoever has the folder is all three of them. */
const passphrase = 'only a demonstration';
const work = { scryptLogN: 10 } as const;

const ids = ['demo-approver-1', 'demo-approver-2', 'demo-investigator'] as const;

/** Of nobody real: whoever has the demonstration's folder can approve under this name. */
export const isInvented = (id: string): boolean => ids.some((own) => own === id);

/**
 * Enrols them with key files in the folder, or opens those of an earlier time.
 * @returns `undefined` where others are enrolled: nobody is put beside real people
 */
export const demoPeople = async ({ database: { db } }: Workplace, folder: string): Promise<DemoPeople | undefined> => {
  const known = (await listPeople(db)).map(({ id }) => id as string);
  if (!known.every(isInvented)) return undefined;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(path.join(folder, 'passphrase.txt'), `${passphrase}\n`);
  const [one, two, three] = await Promise.all(ids.map((id) => keyOf(folder, id, known)));
  if (one === undefined || two === undefined || three === undefined) return undefined;
  const publicHalf = (key: PersonalKey) => readPublicKeyFile(`${path.join(folder, key.person)}.key.pub`);
  const at = systemClock.now();
  if (known.length === 0) {
    const first = [await publicHalf(one), await publicHalf(two)] as const;
    granted(await inTransaction(db, (tx) => installFirstPeople(tx, first, { by: 'demonstration', at })));
  }
  if (!known.includes(three.person)) {
    const asking = { requestedBy: one.person, reason: 'demonstration', at };
    const newcomer = await publicHalf(three);
    const asked = granted(await inTransaction(db, (tx) => requestPerson(tx, newcomer, asking)));
    await approveAs(db, asked.digest, two);
  }
  return { investigator: three, approvers: [one, two] };
};

/** A key that is enrolled is not made anew: without its file the demonstration cannot speak for its people. */
const keyOf = async (folder: string, id: string, known: readonly string[]): Promise<PersonalKey | undefined> => {
  const file = path.join(folder, `${id}.key`);
  const opened = await openKeyFile(file, passphrase).catch(() => undefined);
  if (opened !== undefined || known.includes(id)) return opened;
  await makeKeyFile(file, { id: parsePersonId(id) as PersonId, name: `${id} (nobody real)` }, passphrase, work);
  return openKeyFile(file, passphrase);
};

export const approveAs = async (
  db: Workplace['database']['db'],
  digest: RequestDigest,
  ...keys: readonly PersonalKey[]
): Promise<void> => {
  for (const key of keys) {
    const signed = await signedApproval(key, digest);
    granted(await inTransaction(db, async (tx) => recordApproval(tx, await readSite(tx), signed)));
  }
};
