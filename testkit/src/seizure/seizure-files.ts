import { type Random, randomFrom, whole } from '../picture/random.js';
import type { PlannedArchive } from './archives.js';
import { lockedArchive } from './lock/locked-archive.js';
import { momentBetween, serviceEnd, serviceStart, zipfShares } from './people.js';
import { type EditedCopy, editedCopies, picturePool, sha256Of, withComment } from './pictures.js';
import { accessLogs } from './records/access-log.js';
import { payments, shares, userTable } from './records/accounts.js';
import { operatorRecords } from './records/knowledge.js';
import { forumThreads, readmes } from './records/posts.js';
import type { SeizedFile } from './records/seized-file.js';
import { inventedWord, pick } from './words.js';
import type { SeizureWorld } from './world.js';

/** A file with what a test has to know about it. */
export interface MadeFile extends SeizedFile {
  readonly about:
    | { readonly kind: 'record' }
    | { readonly kind: 'stored'; readonly account: string; readonly known: 'known' | 'edited' | 'unknown' }
    | { readonly kind: 'volume'; readonly set: string };
  /** Listed pictures that it shows, or that lie in it, in other bytes: SHA-256 of the copy, then of the original. */
  readonly copies?: readonly (readonly [string, string])[];
}

/** Pictures that a list of known ones names: the first few of the pool. */
export const knownPictures = (pool: readonly Buffer[]): readonly Buffer[] => pool.slice(0, Math.ceil(pool.length / 20));

/** What files are copies of. */
export interface Pool {
  readonly pictures: readonly Buffer[];
  /** Edited copies of the listed ones. */
  readonly edited: readonly EditedCopy[];
}

export const poolOf = async ({ size: { seed, files } }: SeizureWorld): Promise<Pool> => {
  const pictures = await picturePool(seed, Math.min(800, Math.max(40, Math.ceil(files / 25))));
  return { pictures, edited: await editedCopies(seed, knownPictures(pictures)) };
};

/** Every file, one after another: nothing is kept but the plan and the pool. */
export async function* seizureFiles(world: SeizureWorld, pool: Pool): AsyncGenerator<MadeFile> {
  const { size, users, owners, archives } = world;
  const random = randomFrom(size.seed ^ 0x66_69_6c_65);
  const record = (file: SeizedFile): MadeFile => ({ ...file, about: { kind: 'record' } });
  yield record(userTable(users));
  yield record(payments(random, users));
  yield record(shares(random, users, owners));
  for (const file of operatorRecords(random, owners)) yield record(file);
  for (const file of accessLogs(random, users, owners)) yield record(file);
  for (const file of forumThreads(random, archives)) yield record(file);
  for (const file of readmes(random, archives)) yield record(file);
  yield* storedFiles(world, random, pool);
  for (const archive of archives) yield* archiveFiles(archive, random, pool.pictures);
  const holder = owners[0]!.account;
  for (const { files } of world.brought) {
    for (const { name, bytes } of files) {
      yield { path: `storage/${holder}/brought/${name}`, bytes, about: { kind: 'volume', set: `brought/${name}` } };
    }
  }
}

const duplicates = 0.2;
const albumFiles = 200;
/** Whoever stores so many has an edited copy among them, so that a small seizure holds some too. */
const editedFile = 3;

function* storedFiles(
  { size, owners }: SeizureWorld,
  random: Random,
  { pictures: pool, edited }: Pool,
): Generator<MadeFile> {
  const known = knownPictures(pool);
  for (const [rank, share] of zipfShares(size.files, owners.length).entries()) {
    const { account } = owners[rank]!;
    for (let at = 0; at < share; at++) {
      const folder = `storage/${account}/album-${String(Math.floor(at / albumFiles) + 1).padStart(2, '0')}`;
      const name = String((at % albumFiles) + 1).padStart(4, '0');
      const modified = momentBetween(random, serviceStart, serviceEnd);
      const chance = random();
      if (chance < 0.01) {
        const about = { kind: 'stored', account, known: 'known' } as const;
        yield { path: `${folder}/${name}.jpg`, bytes: pick(random, known), modified, about };
      } else if (chance < 0.02 || at === editedFile) {
        const about = { kind: 'stored', account, known: 'edited' } as const;
        const { of, bytes: copy } = pick(random, edited);
        const bytes = withComment(copy, `file ${account} ${at}`);
        yield { path: `${folder}/${name}.jpg`, bytes, modified, about, copies: [[sha256Of(bytes), of]] };
      } else {
        const about = { kind: 'stored', account, known: 'unknown' } as const;
        const copy = pool[whole(random, known.length, pool.length - 1)]!;
        const path = chance < 0.7 ? `${folder}/${name}.jpg` : `${folder}/${name}.txt`;
        const own = chance < 0.7 ? withComment(copy, `file ${account} ${at}`) : noteOf(random);
        yield { path, bytes: chance < duplicates ? copy : own, modified, about };
      }
    }
  }
}

const noteOf = (random: Random): Buffer =>
  Buffer.from(
    Array.from({ length: whole(random, 20, 200) }, () => inventedWord(random, whole(random, 1, 3))).join(' '),
  );

function* archiveFiles(archive: PlannedArchive, random: Random, pool: readonly Buffer[]): Generator<MadeFile> {
  const { kind, stem, secret, modified } = archive;
  const known = knownPictures(pool);
  const listed = random() < 0.3;
  const shown = pick(random, listed ? known : pool);
  const picture = listed ? shown : withComment(shown, stem);
  const copies = !listed && known.includes(shown) ? [[sha256Of(picture), sha256Of(shown)] as const] : [];
  const members = [
    { name: 'notes.txt', bytes: noteOf(random), modified },
    { name: 'picture.jpg', bytes: picture, modified },
  ];
  for (const { ending, bytes } of lockedArchive(kind, members, { password: secret.password, label: stem })) {
    yield { path: `${stem}${ending}`, bytes, modified, about: { kind: 'volume', set: stem }, copies };
  }
}
