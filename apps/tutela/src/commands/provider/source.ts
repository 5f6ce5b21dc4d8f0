import { actorOf } from '../../config/actor.js';
import type { TutelaContext } from '../../context.js';
import { printRows } from '../../output/rows.js';
import type { DataFlags, OutputFlags } from '../flags.js';
import { withWorkplace } from '../with-workplace.js';
import { answered } from './answered.js';
import { readJson } from './read-json.js';

/** Declares an exporter of logs. */
export async function add(this: TutelaContext, flags: DataFlags, file: string): Promise<void> {
  const declaration = await readJson(this, file);
  const source = await withWorkplace(this, flags, 'writes', async ({ desks }) =>
    answered(await desks.provider.addSource(declaration, actorOf(this.env))),
  );
  this.process.stdout.write(`${source.log.exporter}\n`);
}

export async function list(this: TutelaContext, flags: DataFlags & OutputFlags): Promise<void> {
  const rows = await withWorkplace(this, flags, 'reads', ({ desks }) => desks.provider.sources());
  printRows(this, flags, { name: 'sources', empty: 'No exporter is declared yet.' }, rows, [
    { heading: 'exporter', of: (row) => row.exporter },
    { heading: 'format', of: (row) => row.format },
    { heading: 'role', of: (row) => row.role },
    { heading: 'nat', of: (row) => row.nat ?? '—' },
    { heading: 'clock ± s', of: (row) => row.clockErrorSeconds },
    { heading: 'evidence', of: (row) => row.evidence },
    { heading: 'days kept', of: (row) => row.retentionDays },
  ]);
}
