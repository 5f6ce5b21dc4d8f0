import { actorOf } from '../../config/actor.js';
import { printJson, type TutelaContext } from '../../context.js';
import { printRows } from '../../output/rows.js';
import type { DataFlags, OutputFlags } from '../flags.js';
import { withWorkplace } from '../with-workplace.js';
import type { JsonFlags } from './order.js';

export async function list(this: TutelaContext, flags: DataFlags & OutputFlags): Promise<void> {
  const rows = await withWorkplace(this, flags, 'reads', ({ desks }) => desks.provider.segments());
  printRows(this, flags, { name: 'segments', empty: 'No log was ingested yet.' }, rows, [
    { heading: 'day', of: (row) => row.day },
    { heading: 'exporter', of: (row) => row.exporter },
    { heading: 'records', of: (row) => row.records },
    { heading: 'bytes', of: (row) => row.bytes },
    { heading: 'covered', of: (row) => `${(100 * row.coveredShare).toFixed(2)} %` },
    { heading: 'gaps', of: (row) => row.gaps },
    { heading: 'kept until', of: (row) => row.retainUntil.slice(0, 10) },
    { heading: 'deleted', of: (row) => row.deletedAt?.slice(0, 16) ?? '—' },
    { heading: 'segment', of: (row) => row.sha256.slice(0, 16) },
  ]);
}

/** Deletes what is kept no longer, each with a certificate. */
export async function expire(this: TutelaContext, flags: JsonFlags): Promise<void> {
  const deleted = await withWorkplace(this, flags, 'writes', ({ desks }) =>
    desks.provider.expireSegments(actorOf(this.env)),
  );
  if (flags.json) printJson(this, { v: 1, deleted });
  else if (deleted.length === 0) this.log('Nothing has reached the end of its retention.');
  else this.process.stdout.write(`${deleted.join('\n')}\n`);
}
