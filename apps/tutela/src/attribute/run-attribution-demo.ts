import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { noFaults, slotsOf } from '@tutela/testkit';
import { answerImport, type ImportedAnswers } from './imported-observations.js';
import { type MistakeRow, mistakeTable } from './mistake-table.js';
import { blockCarrier, type DemoSize, sessionsCarrier } from './parameters.js';
import { openProviderLog, type ProviderInput, type ProviderLog } from './provider-log.js';
import { askKnownTruth, type TruthCount } from './truth-questions.js';
import { type WindowRow, windowTable } from './window-table.js';

export interface DemoDeps {
  readonly signal: AbortSignal;
  /** Empty; segments and unfinished work lie in it. */
  readonly folder: string;
  /** Tells of one stage; `done` counts up to `total`, which is an estimate. */
  readonly stage: (doing: string, unit: string, total: number) => Stage;
}
export interface Stage {
  readonly update: (done: number) => void;
  readonly end: () => void;
}

export interface IngestedSummary {
  readonly what: string;
  readonly addresses: number;
  readonly leases: number;
  readonly lines: number;
  readonly rejected: number;
  readonly bytes: number;
  readonly seconds: number;
}

export interface AttributionDemo {
  readonly size: DemoSize;
  readonly ingested: readonly IngestedSummary[];
  readonly blocks: readonly WindowRow[];
  readonly sessions: readonly { readonly holdDownSeconds: number; readonly rows: readonly WindowRow[] }[];
  readonly mistakes: readonly MistakeRow[];
  readonly imported: ImportedAnswers;
  readonly truth: TruthCount;
}

const tableQuestions = 20_000;
const observations = 7500;
const blockSeconds = [0, 60, 300, 900, 3600];
const sessionSeconds = [1, 5, 60, 120, 300, 900, 3600];
const holdDowns = [0, 120];

/**
 * Generates logs, reads them as the provider desk does, and asks: the tables of attribution.md §4.5 for a naive tool and
 * for Tutela, an import of 7,500 observations, and randomised questions to damaged logs whose truth is known.
 */
export const runAttributionDemo = async (deps: DemoDeps, size: DemoSize): Promise<AttributionDemo> => {
  const { seed } = size;
  const ingested: IngestedSummary[] = [];
  const blocks = await read(deps, ingested, 'port blocks', 'blocks', {
    carrier: blockCarrier(size),
    kind: 'junos-blocks',
    records: 'on-disk',
  });
  const tables = deps.stage('asking about port blocks', 'tables', 3);
  const blockRows = windowTable(blocks, {
    seconds: blockSeconds,
    questions: tableQuestions,
    seed: seed + 2,
    of: 'any',
  });
  tables.update(1);
  await turn();
  const mistakes = mistakeTable(blocks, { questions: tableQuestions / 2, seed: seed + 3 });
  tables.update(2);
  await turn();
  const imported = answerImport(blocks, { observations, seed: seed + 4 });
  tables.update(3);
  tables.end();
  blocks.close();
  deps.signal.throwIfAborted();

  const sessions = [];
  for (const holdDownSeconds of holdDowns) {
    const what = `sessions, ${holdDownSeconds} s of rest`;
    const carrier = sessionsCarrier(size, holdDownSeconds * 1000);
    const log = await read(deps, ingested, what, `sessions-${holdDownSeconds}`, {
      carrier,
      kind: 'cisco-sessions',
      records: 'resident',
    });
    const asked = { seconds: sessionSeconds, questions: tableQuestions / 4, seed: seed + 5, of: 'held' } as const;
    sessions.push({ holdDownSeconds, rows: windowTable(log, asked) });
    log.close();
  }
  const stage = deps.stage('asking logs with faults', 'questions', size.questions);
  const truth = await askKnownTruth({ ...deps, onProgress: stage.update }, size);
  stage.end();
  return { size, ingested, blocks: blockRows, sessions, mistakes, imported, truth };
};

const read = async (
  deps: DemoDeps,
  ingested: IngestedSummary[],
  what: string,
  name: string,
  input: Pick<ProviderInput, 'carrier' | 'kind' | 'records'>,
): Promise<ProviderLog> => {
  const folder = path.join(deps.folder, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const { carrier } = input;
  const { fromMs, toMs, meanHoldMs, meanFreeMs, holdDownMs } = carrier.process;
  const cycles = (toMs - fromMs) / (meanHoldMs + meanFreeMs + holdDownMs);
  const stage = deps.stage(`reading ${what}`, 'log lines', Math.round(2 * cycles * slotsOf(carrier)));
  const began = performance.now();
  const log = await openProviderLog(
    { signal: deps.signal, onProgress: stage.update },
    { ...input, faults: noFaults, clockErrorMs: 0, folder },
  );
  stage.end();
  const { intervals, lines, rejected, bytes } = log.ingested;
  const seconds = (performance.now() - began) / 1000;
  ingested.push({ what, addresses: carrier.addresses, leases: intervals, lines, rejected, bytes, seconds });
  return log;
};
