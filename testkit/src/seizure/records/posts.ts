import { type Random, whole } from '../../picture/random.js';
import type { PlannedArchive } from '../archives.js';
import { inventedWord, pick } from '../words.js';
import { type SeizedFile, textFile } from './seized-file.js';

const announcements = ['Password:', 'pw:', 'pass =', 'Passwort:', 'contraseña:', 'пароль:', 'senha:'];

/** Threads of the board: most about nothing, some with the password of an archive that is in no list. */
export const forumThreads = (random: Random, archives: readonly PlannedArchive[]): readonly SeizedFile[] => {
  const told = new Map(
    archives.filter(({ secret }) => secret.place === 'post').map((archive) => [archive.secret.password, archive]),
  );
  const posts = [...told.values()].map(({ account, stem, secret }) => [
    `${account} wrote:`,
    `new upload, see ${stem.slice(stem.lastIndexOf('/') + 1)}`,
    `${pick(random, announcements)} ${secret.password}`,
  ]);
  const idle = Array.from({ length: 2 * posts.length + 20 }, () => [
    `${inventedWord(random, 2)} wrote:`,
    Array.from({ length: whole(random, 5, 40) }, () => inventedWord(random, whole(random, 1, 3))).join(' '),
  ]);
  const threads = Math.max(4, Math.ceil((posts.length + idle.length) / 12));
  const lines = Array.from({ length: threads }, (): string[] => []);
  for (const post of [...posts, ...idle]) pick(random, lines).push(...post, '');
  return lines.map((thread, at) => textFile(`forum/board-${at % 5}/thread-${String(at).padStart(4, '0')}.txt`, thread));
};

/** Beside archives of owners who make it easy: `readme.txt` or `.nfo` with the password. */
export const readmes = (random: Random, archives: readonly PlannedArchive[]): readonly SeizedFile[] =>
  archives
    .filter(({ secret }) => secret.place === 'post' && random() < 0.3)
    .map(({ stem, secret }) =>
      textFile(`${stem}.${pick(random, ['nfo', 'readme.txt'])}`, [
        `* ${stem.slice(stem.lastIndexOf('/') + 1)} *`,
        `${pick(random, announcements)} ${secret.password}`,
        'visit http://www.board.example/',
      ]),
    );
