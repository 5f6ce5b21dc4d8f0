import { formatCosignerKey, type NoteKey, parseCheckpoint, parseNote, verifyCosignatures } from '@tutela/ledger';
import { nodeVerifier } from '@tutela/ledger/node';
import { openHeadStore } from '@tutela/witness';
import { printJson, type TutelaContext } from '../context.js';
import { formatTable } from '../output/table.js';
import { openWitnessFolder, type WitnessFolder, witnessFolderName } from '../witness/witness-folder.js';
import type { WitnessFlags } from './witness-init.js';

interface LogRow {
  readonly log: string;
  /** Size of the newest head that was cosigned; `null` before the first. */
  readonly signed: string | null;
  readonly at: string | null;
  /** Size of the first head that the log signed and that did not continue what was cosigned. */
  readonly refused: string | null;
}

/** The witness's key, and what it has signed of each log that it watches. */
export default async function witnessShow(this: TutelaContext, flags: WitnessFlags): Promise<void> {
  const opened = await openWitnessFolder(witnessFolderName(flags.data, this.env, this.folder));
  const verifierKey = formatCosignerKey(opened.key);
  const rows = await Promise.all((await opened.logs()).map((log) => rowOf(opened, log)));
  if (flags.json) {
    printJson(this, { v: 1, name: opened.signer.name, verifierKey, folder: opened.folder, logs: rows });
    return;
  }
  this.process.stdout.write(`${verifierKey}\n`);
  if (rows.length === 0) this.log('It watches no log. Next: tutela witness trust <key of a log>');
  else this.process.stdout.write(`\n${formatTable(columns, rows)}`);
}

const columns = [
  { heading: 'log', of: ({ log }: LogRow) => log },
  { heading: 'has signed', of: ({ signed }: LogRow) => signed ?? '—' },
  { heading: 'at', of: ({ at }: LogRow) => at ?? '—' },
  {
    heading: 'did not continue',
    of: ({ refused }: LogRow) => (refused === null ? '—' : `a head of ${refused}`),
  },
];

const rowOf = async ({ folder, key }: WitnessFolder, { name }: NoteKey): Promise<LogRow> => {
  const heads = openHeadStore(folder);
  const newest = await heads.newest(name);
  const own = newest && (await verifyCosignatures(nodeVerifier, [key], newest.note));
  const time = own?.kind === 'done' ? own.value[0]?.time : undefined;
  const refused = await heads.refused(name);
  return {
    log: name,
    signed: newest === undefined ? null : String(newest.checkpoint.size),
    at: time === undefined ? null : new Date(Number(time) * 1000).toISOString(),
    refused: refused === undefined ? null : sizeOf(refused),
  };
};

const sizeOf = (note: string): string => {
  const parsed = parseNote(note);
  const checkpoint = parsed.kind === 'done' ? parseCheckpoint(parsed.value.text) : parsed;
  return checkpoint.kind === 'done' ? String(checkpoint.value.size) : 'unknown';
};
