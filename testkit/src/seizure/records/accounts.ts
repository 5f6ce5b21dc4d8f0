import { type Random, whole } from '../../picture/random.js';
import { momentBetween, serviceEnd, type User } from '../people.js';
import { csvLine, type SeizedFile, second, textFile } from './seized-file.js';

const day = 86_400_000;

/** The service's table of customers, with a line nobody can read in its middle. */
export const userTable = (users: readonly User[]): SeizedFile => {
  const rows = users.map(({ account, email, registeredAt, addresses, plan }) =>
    csvLine([account, email, second(registeredAt), addresses[0]!, plan]),
  );
  rows.splice(Math.floor(rows.length / 2), 0, 'not-a-row');
  return textFile('server/db/users.csv', ['account,email,registered_at,registered_from,plan', ...rows]);
};

/** Those who pay do so every month. */
export const payments = (random: Random, users: readonly User[]): SeizedFile => {
  const rows = users
    .filter(({ plan }) => plan === 'premium')
    .flatMap(({ account, registeredAt }) => {
      const months = whole(random, 1, 12);
      return Array.from({ length: months }, (_, month) => new Date(registeredAt.getTime() + 30 * day * month))
        .filter((at) => at < serviceEnd)
        .map((at, number) => ({ at, account, reference: `${account}-${number + 1}` }));
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.reference < b.reference ? -1 : 1))
    .map(({ at, account, reference }) => csvLine([second(at), account, '9.90', 'USD', 'card', reference]));
  return textFile('server/billing/payments.csv', ['at,account,amount,currency,method,reference', ...rows]);
};

/** What one customer sent another: looked at or not, deleted, reported to the service. */
export const shares = (random: Random, users: readonly User[], owners: readonly User[]): SeizedFile => {
  const rows: string[] = [];
  for (const from of owners) {
    for (let count = whole(random, 0, 6); count > 0; count--) {
      const to = users[whole(random, 0, users.length - 1)]!;
      if (to.account === from.account) continue;
      const sent = momentBetween(random, from.registeredAt, serviceEnd);
      const after = (chance: number, hours: number): string =>
        random() < chance ? second(new Date(sent.getTime() + whole(random, 1, 60 * hours) * 60_000)) : '';
      const path = `storage/${from.account}/album-01/0001.jpg`;
      rows.push(
        csvLine([second(sent), from.account, to.account, path, after(0.5, 48), after(0.3, 24), after(0.1, 24)]),
      );
    }
  }
  const heading = 'sent_at,from_account,to_account,path,opened_at,deleted_at,reported_at';
  return textFile('server/db/shares.csv', [heading, ...rows]);
};
