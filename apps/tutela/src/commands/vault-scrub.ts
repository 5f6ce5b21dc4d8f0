import { type ScrubRun, scrubAndRecord } from '@tutela/vault/postgres';
import { actorOf } from '../config/actor.js';
import { endAs, printJson, type TutelaContext } from '../context.js';
import { startProgress } from '../output/progress.js';
import { formatTable } from '../output/table.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface VaultScrubFlags extends DataFlags {
  readonly json: boolean;
}

/** Reads every object again; ends as `refuted` when one is not what it should be, as `interrupted` when it was stopped. */
export default async function vaultScrub(this: TutelaContext, flags: VaultScrubFlags): Promise<void> {
  const signal = this.interruption();
  const run = await withWorkplace(this, flags, 'writes', async ({ vault, database: { db } }) => {
    const usage = await vault.usage();
    const total = usage.reduce((sum, { objects }) => sum + objects, 0);
    const progress = startProgress({ stream: this.process.stderr }, 'scrubbing', 'objects');
    const onProgress = ({ objects, shredded }: Pick<ScrubRun, 'objects' | 'shredded'>): void =>
      progress.update({ done: objects + shredded, total });
    try {
      return await scrubAndRecord({ db, vault, actor: actorOf(this.env), signal, onProgress });
    } finally {
      progress.end();
    }
  });
  if (flags.json) printJson(this, { v: 1, ...run });
  else this.process.stdout.write(formatRun(run));
  if (run.verdict === 'damaged') endAs(this, 'refuted');
  if (run.verdict === 'interrupted') endAs(this, 'interrupted');
}

const sentences = {
  intact: 'Every object is what was put there.',
  damaged: 'The vault is DAMAGED.',
  interrupted: 'Interrupted; run it again to go on from here.',
} as const satisfies Record<ScrubRun['verdict'], string>;

const formatRun = ({ verdict, place, objects, bytes, shredded, found, findings }: ScrubRun): string => {
  const facts = [
    ['objects read', objects],
    ['bytes as stored', bytes],
    ['objects of shredded cases', shredded],
    ['findings', found],
  ] as const;
  const columns = [
    { heading: place, of: ([name]: (typeof facts)[number]) => name },
    { heading: 'number', of: ([, count]: (typeof facts)[number]) => count },
  ];
  const named = [
    { heading: 'finding', of: ({ kind }: (typeof findings)[number]) => kind },
    { heading: 'where', of: whereOf },
  ];
  const more = found > findings.length ? `… and ${(found - findings.length).toLocaleString('en')} more\n` : '';
  const list = findings.length > 0 ? `\n${formatTable(named, findings)}${more}` : '';
  return `${formatTable(columns, facts)}${list}\n${sentences[verdict]}\n`;
};

const whereOf = (finding: ScrubRun['findings'][number]): string =>
  Object.entries(finding)
    .filter(([name]) => name !== 'kind')
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
