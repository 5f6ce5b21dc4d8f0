import { formatReport } from '../commands/ledger-check.js';
import { formatTable } from '../output/table.js';
import { orderFault, orderLine } from './order-line.js';
import { packageLine } from './package-line.js';
import type { DemoResult } from './run-demo.js';
import { waitingLines } from './waiting-lines.js';

/** The demonstration as a table, and whether everything came as expected. */
export const formatDemo = (result: DemoResult): string => {
  const rows = result.accounts.map((account) => {
    const files = result.files.filter((file) => file.account === account.account);
    const count = (outcome: string): number => files.filter((file) => file.outcome === outcome).length;
    const surprises = files.filter((file) => file.outcome !== file.expected).length;
    return { ...account, files: files.length, count, surprises };
  });
  type Row = (typeof rows)[number];
  const counted = (outcome: string) => ({ heading: outcome, of: (row: Row) => row.count(outcome) });
  const table = formatTable<Row>(
    [
      { heading: 'account', of: (row) => row.account },
      { heading: 'files', of: (row) => row.files },
      ...['exact', 'near', 'none', 'undecided'].map(counted),
      { heading: 'as expected', of: (row) => (row.surprises === 0 ? 'yes' : `${row.surprises} NOT`) },
      { heading: 'report', of: (row) => row.reportNumber ?? '' },
      { heading: 'referred to', of: (row) => row.referredTo ?? '' },
    ],
    rows,
  );
  return `${table}\n${sentences(result).join('\n')}\n\n${waitingLines(result).join('\n')}\n\n${result.pulled === undefined ? '' : `${result.pulled}\n`}${orderLine(result.package?.order)}${packageLine(result.package)}\n\n${formatReport(result.ledger)}`;
};

type Judged = Pick<DemoResult, 'files' | 'accounts' | 'left' | 'package'> & {
  readonly ledger: Pick<DemoResult['ledger'], 'verdict'>;
};

/** What did not come as it had to; empty when all did. */
export const surprises = ({ files, accounts, left, ledger, package: packed }: Judged): readonly string[] => [
  ...files
    .filter(({ outcome, expected }) => outcome !== expected)
    .map(({ account, name, outcome, expected }) => `${account}/${name}: expected ${expected}, found ${outcome}`),
  ...accounts.flatMap(({ account, reports }) => {
    const own = left.filter((one) => one.account === account);
    const waits = own.some(({ state }) => state === 'waiting');
    // Whoever visits may have decided since, one way or the other.
    if (own.length > 0 && !waits) return [];
    const found = files.some((file) => file.account === account && /exact|near/.test(file.expected));
    const expected = found && !waits ? 1 : 0;
    return reports === expected ? [] : [`${account}: expected ${expected} report(s), found ${reports}`];
  }),
  ...(packed === undefined || packed.time === 'openssl-missing' || packed.report.verdict === 'verified'
    ? []
    : [`the evidence package is ${packed.report.verdict}, expected verified`]),
  ...orderFault(packed?.order),
  ...(ledger.verdict === 'intact' ? [] : ['the ledger is at fault']),
];

const sentences = (result: DemoResult): readonly string[] => {
  const count = (of: 'outcome' | 'expected', value: string): number =>
    result.files.filter((file) => file[of] === value).length;
  const wrong = surprises(result);
  return [
    ...['exact', 'near', 'none', 'undecided'].map(
      (kind) => `${kind}: ${count('outcome', kind)} found, ${count('expected', kind)} expected`,
    ),
    `${result.accounts.reduce((sum, { reports }) => sum + reports, 0)} reports filed and finished`,
    ...wrong,
  ];
};
