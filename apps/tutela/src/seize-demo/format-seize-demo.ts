import { formatReport } from '../commands/ledger-check.js';
import { formatDuration } from '../output/progress.js';
import { formatTable } from '../output/table.js';
import { formatSeizure } from '../seize/format-seizure.js';
import { type SeizeDemoResult, surprisesOf } from './demo-result.js';

const countriesShown = 12;

export const formatSeizeDemo = (result: SeizeDemoResult): string => {
  const { users, made, records, known, near, recovery, notices, listed, seconds } = result;
  const total = Object.values(seconds).reduce((sum, each) => sum + each, 0);
  const rest = users.countries.slice(countriesShown);
  const sentences = [
    `made: ${number(made.files)} files, ${number(made.bytes)} bytes, ${number(made.duplicates)} copies, ${number(made.archives)} archives`,
    `refused by authority: all ${number(made.excludedFiles)} files of one customer, of whom ${result.excludedItems} items are held`,
    `records of the service: ${number(records.imported)} rows, ${number(records.refused)} refused by authority, ${records.bad} not readable`,
    `known files: ${number(known.matched)} of ${number(known.compared)} compared, ${number(known.refused)} not covered`,
    `near matches, as leads: ${number(near.found)} of ${number(near.there)} edited copies found, ${number(near.mistaken)} mistaken, among ${number(known.pictures)} pictures looked at; ${number(known.unseen)} could not be compared`,
    `passwords: ${number(recovery.checks)} checks in ${formatDuration(recovery.workedSeconds)} of work; ended: ${recovery.endedBecause ?? 'not yet'}`,
    `of archives whose password is in the list: ${number(listed.opened)} opened, ${number(listed.left)} left by the stop rule`,
    `the provider: ${notices.received} notices, ${notices.answered} answered, ${notices.takedowns} takedowns, ${notices.staffAccesses} looks into stored folders, revenue ${Object.entries(
      result.revenue,
    )
      .map(([currency, amount]) => `${amount} ${currency}`)
      .join(', ')}`,
    `time: ${formatDuration(total)} (${Object.entries(seconds)
      .map(([what, each]) => `${what} ${formatDuration(each)}`)
      .join(', ')})`,
    `results: ${result.resultSha256}`,
    ...surprisesOf(result),
  ];
  return [
    formatSeizure(result.seizure),
    '\n',
    formatTable(
      [
        { heading: 'archives', of: (row) => row.format },
        { heading: 'encrypted', of: (row) => row.encryption },
        { heading: 'state', of: (row) => row.state },
        { heading: 'count', of: (row) => row.archives },
      ],
      result.archives,
    ),
    '\n',
    formatTable(
      [
        { heading: 'country', of: (row) => row.country },
        { heading: 'users', of: (row) => row.accounts },
        { heading: 'accesses', of: (row) => row.accesses },
        { heading: 'disputed', of: (row) => row.disputed ?? 0 },
        { heading: 'providers', of: (row) => row.providers },
      ],
      [
        ...users.countries.slice(0, countriesShown).map((row) => ({ ...row, providers: row.providers.length })),
        {
          country: `${rest.length} others`,
          accounts: rest.reduce((sum, { accounts }) => sum + accounts, 0),
          accesses: rest.reduce((sum, { accesses }) => sum + accesses, 0),
          disputed: rest.reduce((sum, { disputed = 0 }) => sum + disputed, 0),
          providers: rest.reduce((sum, { providers }) => sum + providers.length, 0),
        },
      ],
    ),
    `by ${users.data.map(({ name, date, sha256 }) => `${name} of ${date} (${sha256.slice(0, 12)}…)`).join(', held against ')}\n\n`,
    `${sentences.join('\n')}\n\n`,
    formatReport(result.ledger),
  ].join('');
};

const number = (value: number): string => value.toLocaleString('en');
