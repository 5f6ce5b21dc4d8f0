/**
 * `npm run kill-table`: kills the worker and the clearinghouse at every point of a filing, spoils every answer, and
 * prints what the clearinghouse has in the end. Exits with 1 unless each ends in one finished report with all its files.
 */
import { openFilingGround } from './filing-ground.js';
import {
  type Incident,
  lostAnswers,
  serverErrors,
  serverKills,
  slowAnswers,
  workerKills,
  wrongDigests,
} from './incidents.js';
import { type ReceivedReport, verdictOn } from './one-filing.js';

const incidents: readonly Incident[] = [
  ...workerKills,
  ...serverKills,
  ...lostAnswers,
  ...serverErrors,
  ...slowAnswers,
  ...wrongDigests,
];

const byState = (reports: readonly ReceivedReport[]): string =>
  (['finished', 'open', 'retracted', 'expired'] as const)
    .map((state) => [state, reports.filter((report) => report.state === state).length] as const)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');

const widths = [46, 8, 28, 10, 12];
const print = (...cells: readonly string[]): void => {
  process.stdout.write(`| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |\n`);
};

const ground = await openFilingGround();
print('point', 'struck', 'reports at the clearinghouse', 'files', 'verdict');
print(...widths.map((width) => '-'.repeat(width)));
let bad = 0;
for (const { point, victim, happen } of incidents) {
  const { reports } = await happen(ground);
  const verdict = verdictOn(reports);
  if (verdict !== 'whole') bad++;
  const finished = reports.find(({ state }) => state === 'finished');
  print(point, victim, byState(reports), `${finished?.files ?? 0} of 2`, verdict);
}
await ground.close();
process.stdout.write(`\n${incidents.length} filings, ${bad} not whole\n`);
process.exitCode = bad === 0 ? 0 : 1;
