import type { ScanRecord } from '@tutela/platform-desk';
import { formatTable } from '../output/table.js';
import type { ScanEnd } from './run-scan.js';

/** What was found, what could not be judged and why, and how many files that were. */
export const formatScan = (records: readonly ScanRecord[], { files, bytes, tally }: ScanEnd): string => {
  const matches = records.filter(({ match }) => match !== undefined);
  const unjudged = records.filter(({ match }) => match === undefined);
  const sections = [
    formatTable(matchColumns, matches),
    unjudged.length === 0 ? '' : `Not judged:\n${formatTable(unjudgedColumns, unjudged)}`,
    formatTable(tallyColumns, [{ files, megabytes: Math.round(bytes / 1e6), ...tally }]),
  ];
  return sections.filter((section) => section !== '').join('\n');
};

const matchColumns = [
  { heading: 'file', of: ({ path }: ScanRecord) => path },
  { heading: 'match', of: ({ outcome }: ScanRecord) => outcome },
  { heading: 'by', of: ({ match }: ScanRecord) => match?.by ?? '' },
  { heading: 'list line', of: ({ match }: ScanRecord) => match?.line ?? '' },
  { heading: 'bits apart', of: ({ match }: ScanRecord) => match?.distance ?? '' },
  { heading: 'as', of: ({ match }: ScanRecord) => match?.variant ?? '' },
];

const unjudgedColumns = [
  { heading: 'file', of: ({ path }: ScanRecord) => path },
  { heading: 'outcome', of: ({ outcome }: ScanRecord) => outcome },
  { heading: 'reason', of: ({ reason }: ScanRecord) => reason?.code ?? '' },
  { heading: 'explanation', of: ({ reason }: ScanRecord) => reason?.message ?? '' },
];

type Totals = { readonly files: number; readonly megabytes: number } & ScanEnd['tally'];
const tallyColumns = (['files', 'megabytes', 'exact', 'near', 'none', 'undecided', 'refused', 'failed'] as const).map(
  (name) => ({ heading: name === 'megabytes' ? 'MB' : name, of: (totals: Totals) => totals[name] }),
);
