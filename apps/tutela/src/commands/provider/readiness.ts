import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readinessPage, readinessPdf } from '@tutela/provider-desk';
import { printJson, type TutelaContext } from '../../context.js';
import { formatTable } from '../../output/table.js';
import { withWorkplace } from '../with-workplace.js';
import { answered } from './answered.js';
import type { JsonFlags } from './order.js';

export interface ProviderReadinessFlags extends JsonFlags {
  readonly html?: string;
  readonly pdf?: string;
}

/** How often a question about a day could be answered; as a table, a page, a PDF. */
export default async function readiness(
  this: TutelaContext,
  flags: ProviderReadinessFlags,
  day: string,
): Promise<void> {
  const report = await withWorkplace(this, flags, 'reads', async ({ desks }) =>
    answered(await desks.provider.readiness(day)),
  );
  if (flags.html !== undefined) await writeFile(path.resolve(this.folder, flags.html), readinessPage(report));
  if (flags.pdf !== undefined) await writeFile(path.resolve(this.folder, flags.pdf), await readinessPdf(report));
  if (flags.json) {
    printJson(this, { v: 1, ...report });
    return;
  }
  const rows = report.exporters.flatMap(({ readiness: { exporter, attributable } }) =>
    attributable.map((share) => ({ exporter, ...share })),
  );
  const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
  const columns = [
    { heading: 'exporter', of: (row: (typeof rows)[number]) => row.exporter },
    { heading: 'port', of: (row: (typeof rows)[number]) => row.port },
    { heading: 'clock ± s', of: (row: (typeof rows)[number]) => row.clockErrorMs / 1000 },
    { heading: 'exactly one', of: (row: (typeof rows)[number]) => percent(row.exact) },
    { heading: 'one, in doubt', of: (row: (typeof rows)[number]) => percent(row.qualified) },
    { heading: 'several', of: (row: (typeof rows)[number]) => percent(row.several) },
  ];
  this.process.stdout.write(formatTable(columns, rows));
}
