import { type JsonObject, toInstant, type UtcInstant } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import type { Updateable } from 'kysely';
import type { PlatformDeps } from '../deps.js';
import { type Filing, type FilingFile, insertStep, moveFiling, noteFile } from '../queries/filings.js';
import { program, record, rowOf } from '../record.js';
import type { FilingAct, FilingTable } from '../schema.js';
import { openFilingWhenDecided } from './open-filing.js';
import type { Meaning, Performed } from './perform.js';

/** While a request is out, nobody else takes the filing up, unless its worker is known to be dead. */
const patienceSeconds = 600;
const longestWaitSeconds = 3600;

/** Puts on record, before a request is sent, that its answer will be in doubt until it is on record too. */
export const intend = (deps: PlatformDeps, filing: Filing, act: FilingAct): Promise<'moved' | 'overtaken'> =>
  inTransaction(deps.db, async (tx) => {
    const attempt = act === 'submit' ? filing.attempt + 1 : filing.attempt;
    const set = { doubt: act, attempt, due_at: later(deps, patienceSeconds) };
    if ((await moveFiling(tx, filing, set)) === 'overtaken') return 'overtaken';
    await note(tx, deps, { ...filing, attempt }, act, 'intent', {});
    return 'moved';
  });

export type Settled = 'go-on' | 'stop';

/** Puts an answer on record, and with it what the report has become. */
export const settle = (
  deps: PlatformDeps,
  before: Filing,
  files: readonly FilingFile[],
  act: FilingAct,
  { meaning, said }: Performed,
): Promise<Settled> =>
  inTransaction(deps.db, async (tx) => {
    const filing = { ...before, revision: before.revision + 1, attempt: before.attempt + (act === 'submit' ? 1 : 0) };
    const change = changeBy(deps, filing, files, act, meaning);
    if ((await moveFiling(tx, filing, change.set)) === 'overtaken') return 'stop';
    if (change.file !== undefined) await noteFile(tx, { filing: filing.id, ordinal: change.file.ordinal }, change.file);
    await note(tx, deps, filing, act, 'answer', said, change.file?.ordinal);
    if (change.set.state === 'finished') await openFilingWhenDecided(tx, deps, filing.account);
    return change.next;
  });

interface Change {
  readonly set: Updateable<FilingTable>;
  readonly file?: {
    readonly ordinal: number;
    readonly attempt?: number;
    readonly file_id?: string;
    readonly described: boolean;
  };
  readonly next: Settled;
}

const changeBy = (
  deps: PlatformDeps,
  filing: Filing,
  files: readonly FilingFile[],
  act: FilingAct,
  meaning: Meaning,
): Change => {
  const clear = { doubt: null, failures: 0, reason: null };
  switch (meaning.kind) {
    case 'opened':
      return { set: { ...clear, state: 'open', report_number: meaning.number }, next: 'go-on' };
    case 'uploaded': {
      const file = {
        ordinal: meaning.file.ordinal,
        attempt: filing.attempt,
        file_id: meaning.fileId,
        described: false,
      };
      return { set: clear, file, next: 'go-on' };
    }
    case 'described':
      return { set: clear, file: { ordinal: meaning.file.ordinal, described: true }, next: 'go-on' };
    case 'finished': {
      const whole = files.every((file) => file.attempt === filing.attempt && file.described);
      if (whole) return { set: { ...clear, state: 'finished', finished_at: deps.clock.now() }, next: 'stop' };
      const reason = `The clearinghouse holds report ${filing.report_number} as finished, without all its files.`;
      return { set: { ...clear, state: 'refused', reason }, next: 'stop' };
    }
    case 'gone':
      return { set: { ...clear, state: 'ready', report_number: null }, next: 'go-on' };
    case 'spoiled': {
      // Each time means a whole report anew: whoever spoils every file must not be asked without end.
      const wait = waitLonger(deps, { ...filing, failures: filing.attempt - 1 }, meaning.why);
      return { set: { ...wait, doubt: act }, next: 'stop' };
    }
    case 'not-done':
      return {
        set: { ...waitLonger(deps, filing, meaning.why), doubt: act === 'retract' ? 'retract' : null },
        next: 'stop',
      };
    case 'unknown':
      return { set: waitLonger(deps, filing, meaning.why), next: 'stop' };
    case 'refused':
      return { set: { ...clear, state: 'refused', reason: meaning.why }, next: 'stop' };
  }
};

const waitLonger = (deps: PlatformDeps, { failures }: Filing, why: string): Updateable<FilingTable> => ({
  failures: failures + 1,
  reason: why,
  due_at: later(deps, Math.min(2 ** failures, longestWaitSeconds)),
});

const later = (deps: PlatformDeps, seconds: number): UtcInstant =>
  toInstant(new Date(Date.parse(deps.clock.now()) + 1000 * seconds));

const vouched = ['account', 'environment', 'opened_at', 'state', 'doubt', 'revision', 'attempt', 'report_number'];
/** Whoever moves a filing on vouches for all of its row. */
export const filingEffect = (id: string) => rowOf('filing', { id }, [...vouched, 'reason', 'finished_at']);

const note = async (
  tx: Tx,
  deps: PlatformDeps,
  filing: Pick<Filing, 'id' | 'attempt'>,
  act: FilingAct,
  phase: 'intent' | 'answer',
  detail: JsonObject,
  file?: number,
): Promise<void> => {
  const step = { filing: filing.id, attempt: filing.attempt, act, phase, detail, at: deps.clock.now() };
  const ordinal = await insertStep(tx, step);
  await record(tx, deps, {
    type: `filing-${act}-${phase}`,
    actor: program,
    subjects: [`filing:${filing.id}`],
    payload: { filing: filing.id, attempt: filing.attempt, act, phase, detail },
    effects: [
      rowOf('filing_step', { filing: filing.id, ordinal }, ['attempt', 'act', 'phase', 'detail', 'at']),
      filingEffect(filing.id),
      ...(file === undefined
        ? []
        : [rowOf('filing_file', { filing: filing.id, ordinal: file }, ['match', 'attempt', 'file_id', 'described'])]),
    ],
  });
};
