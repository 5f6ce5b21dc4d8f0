import { type Random, whole } from '../../picture/random.js';
import { momentBetween, serviceEnd, type User } from '../people.js';
import { pick } from '../words.js';
import { type SeizedFile, textFile } from './seized-file.js';

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const agents = ['Mozilla/5.0 (Windows NT 6.1)', 'Mozilla/5.0 (X11; Linux)', 'Opera/9.80'];
/** From then on the servers wrote the port of the client behind each line. */
const portsFrom = new Date('2013-01-01T00:00:00Z');

interface Line {
  readonly at: Date;
  readonly text: string;
}

/** Logs in Apache's combined format, one a month; four to eight accesses by each customer, and a few broken lines. */
export const accessLogs = (random: Random, users: readonly User[], owners: readonly User[]): readonly SeizedFile[] => {
  const lines: Line[] = users.flatMap((user) =>
    Array.from({ length: whole(random, 4, 8) }, (_, at) => lineOf(random, user, at, owners)),
  );
  lines.sort((a, b) => a.at.getTime() - b.at.getTime());
  const byMonth = new Map<string, string[]>();
  for (const { at, text } of lines) {
    const month = at.toISOString().slice(0, 7);
    byMonth.set(month, [...(byMonth.get(month) ?? []), text]);
  }
  return [...byMonth].map(([month, texts]) =>
    textFile(`server/log/access-${month}.log`, [...texts, `${texts[0]!.slice(0, 30)} cut off`]),
  );
};

const lineOf = (random: Random, user: User, at: number, owners: readonly User[]): Line => {
  const moment = momentBetween(random, user.registeredAt, serviceEnd);
  const address = user.addresses[at % user.addresses.length]!;
  const path = `/files/${pick(random, owners).account}/album-01/${String(whole(random, 1, 40)).padStart(4, '0')}.jpg`;
  const request = random() < 0.2 ? 'POST /login' : `GET ${path}`;
  const port = moment < portsFrom ? '' : ` ${whole(random, 1024, 65_535)}`;
  const answer = `200 ${whole(random, 500, 90_000)} "-" "${pick(random, agents)}"`;
  return { at: moment, text: `${address} - ${user.account} [${stamp(moment)}] "${request} HTTP/1.1" ${answer}${port}` };
};

/** `06/May/2013:07:08:09 +0000`. */
const stamp = (at: Date): string => {
  const [year, month, day] = at.toISOString().slice(0, 10).split('-');
  return `${day}/${months[Number(month) - 1]}/${year}:${at.toISOString().slice(11, 19)} +0000`;
};
