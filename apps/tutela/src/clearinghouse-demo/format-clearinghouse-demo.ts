import { formatReport } from '../commands/ledger-check.js';
import { formatDuration } from '../output/progress.js';
import { formatTable } from '../output/table.js';
import { type CountryRow, sumOf } from './country-table.js';
import { type ClearinghouseDemoResult, surprisesOf } from './demo-result.js';

export const formatClearinghouseDemo = (result: ClearinghouseDemoResult): string => {
  const { reports, pointingAtTwo, countries, bundles, seconds } = result;
  const [nowhere, named] = [
    countries.filter(({ country }) => country === 'ZZ'),
    countries.filter(({ country }) => country !== 'ZZ'),
  ];
  const rows = [...named, ...nowhere.map((row) => ({ ...row, country: 'none' })), sumOf('all', countries)];
  const sentences = [
    `${number(reports)} reports filed, of which ${number(pointingAtTwo)} point at two countries: ${number(reports + pointingAtTwo)} rows in the table`,
    ...(result.withoutAuthority.length === 0
      ? []
      : [`on purpose the registry names nobody for ${result.withoutAuthority.join(', ')}: unroutable`]),
    `bundles: ${Object.entries(bundles)
      .map(([kind, count]) => `${number(count)} by ${kind}`)
      .join(', ')}; ${result.forwarded} forwarded as one`,
    `killed: ${result.killed} nodes; ${number(result.filedAgain)} reports begun again, ${number(result.leftOpen)} left open, ${result.doubled.length} doubled, ${result.differences.length} otherwise than they had to be`,
    `${result.reportsPerSecond.toFixed(1)} reports a second, filed over HTTP, judged, bundled and routed`,
    `time: ${Object.entries(seconds)
      .map(([what, each]) => `${what} ${formatDuration(each)}`)
      .join(', ')}`,
    `results: ${result.resultSha256}`,
    ...surprisesOf(result),
  ];
  return [
    formatTable<CountryRow>(columns, rows),
    '\n',
    `${sentences.join('\n')}\n\n`,
    formatReport(result.ledger),
  ].join('');
};

const columns = [
  { heading: 'country', of: (row: CountryRow) => placeOf(row.country) },
  { heading: 'reports', of: (row: CountryRow) => row.reports },
  { heading: 'referrals', of: (row: CountryRow) => row.referred },
  { heading: 'in bundles', of: (row: CountryRow) => row.bundled },
  { heading: 'bundles', of: (row: CountryRow) => row.bundles },
  { heading: 'unroutable', of: (row: CountryRow) => row.unroutable },
  { heading: 'held', of: (row: CountryRow) => row.held },
  { heading: 'informational', of: (row: CountryRow) => row.informational },
];

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** `DE Germany`; what is no country stays as it is. */
const placeOf = (country: string): string =>
  /^[A-Z]{2}$/.test(country) ? `${country} ${names.of(country) ?? ''}`.trimEnd() : country;

const number = (value: number): string => value.toLocaleString('en');
