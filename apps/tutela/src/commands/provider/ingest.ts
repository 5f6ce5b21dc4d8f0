import path from 'node:path';
import { parseInstant } from '@tutela/core';
import { actorOf } from '../../config/actor.js';
import { endAs, printJson, type TutelaContext } from '../../context.js';
import { startProgress } from '../../output/progress.js';
import { formatTable } from '../../output/table.js';
import { TutelaError } from '../../tutela-error.js';
import type { DataFlags } from '../flags.js';
import { withWorkplace } from '../with-workplace.js';
import { answered } from './answered.js';

export interface ProviderIngestFlags extends DataFlags {
  readonly source: string;
  readonly from?: string;
  readonly to?: string;
  readonly json: boolean;
}

/** Reads log files into segments; ends as `undecided` when lines could not be read. */
export default async function ingest(
  this: TutelaContext,
  flags: ProviderIngestFlags,
  ...files: string[]
): Promise<void> {
  const covers = coversOf(flags);
  const paths = files.map((file) => path.resolve(this.folder, file));
  const progress = startProgress({ stream: this.process.stderr }, 'reading', 'bytes');
  const ingested = await withWorkplace(this, flags, 'writes', async ({ desks }) =>
    answered(
      await desks.provider.ingest({
        exporter: flags.source,
        files: paths,
        ...(covers === undefined ? {} : { covers }),
        by: actorOf(this.env),
        onProgress: ({ doing, bytes }) => {
          if (doing === 'reading') progress.update({ done: bytes });
        },
      }),
    ),
  ).finally(() => progress.end());
  const { tally, segments, when, ingestId } = ingested;
  if (flags.json) printJson(this, { v: 1, ingestId, when, tally, segments: segments.map(shown) });
  else {
    if (when === 'before') this.log('These files were ingested before; nothing was changed.');
    const { lines, recorded, rejected, records } = tally;
    this.process.stdout.write(
      `${count(lines)} lines: ${count(recorded)} recorded (${count(records)} records), ${count(rejected)} rejected.\n`,
    );
    const columns = [
      { heading: 'day', of: ({ day }: (typeof segments)[number]) => day },
      { heading: 'records', of: ({ records: held }: (typeof segments)[number]) => held },
      { heading: 'bytes', of: ({ bytes }: (typeof segments)[number]) => bytes },
      { heading: 'segment', of: ({ sha256 }: (typeof segments)[number]) => sha256 },
    ];
    this.process.stdout.write(formatTable(columns, segments));
  }
  if (Number(tally.rejected) > 0) endAs(this, 'undecided');
}

const shown = ({ sha256, day, records, bytes }: { sha256: string; day: string; records: number; bytes: number }) => ({
  sha256,
  day,
  records,
  bytes,
});
const count = (value: unknown): string => Number(value).toLocaleString('en');

const coversOf = ({ from, to }: ProviderIngestFlags) => {
  if (from === undefined && to === undefined) return undefined;
  const [first, last] = [parseInstant(from ?? ''), parseInstant(to ?? '')];
  if (first === undefined || last === undefined || last <= first)
    throw new TutelaError('usage', '--from and --to are two moments with a zone.', 'Such as 2026-03-02T00:00:00Z.');
  return { from: Date.parse(first), to: Date.parse(last) - 1 };
};
