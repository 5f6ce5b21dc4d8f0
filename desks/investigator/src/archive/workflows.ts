import type { Tx } from '@tutela/db';
import { inTransaction } from '@tutela/db';
import type { Engine, Queue, Workflow } from '@tutela/engine';
import { z } from 'zod';
import { examineUnit } from './census/census-unit.js';
import { planCensus } from './census/plan-census.js';
import type { ArchiveDeps } from './deps.js';
import { openArchives } from './opening/open-archives.js';
import { type EngineChoice, openRecoveryEngine } from './recovery/engines.js';
import { runRecovery } from './recovery/run-recovery.js';
import { nameBasedId } from './set-id.js';

const census = 'investigator.archive-census';
const censusUnit = 'investigator.archive-census-unit';
const opening = 'investigator.archive-open';
const recovery = 'investigator.archive-recover';

/** Headers and openings beside each other; passwords one run at a time, since an engine takes every processor. */
export const archiveQueues: readonly Queue[] = [
  { name: 'archives', perProcess: 2 },
  { name: 'recovery', perProcess: 1 },
];

export interface ArchiveWorkDeps extends ArchiveDeps {
  readonly engine: () => Engine;
  readonly recovery: EngineChoice;
}

/** `turn` tells one round of a case from the next. */
const ofCase = z.object({ caseRef: z.string(), turn: z.string() });
const unitOf = z.object({ caseRef: z.string(), items: z.array(z.int()) });
const laneOf = z.object({ caseRef: z.string(), authorityId: z.uuid(), turn: z.string(), lane: z.int() });

export const startCensus = (tx: Tx, engine: Engine, input: z.infer<typeof ofCase>): Promise<void> =>
  engine.start(tx, { id: `archive-census/${input.caseRef}/${input.turn}`, workflow: census, input });

export const startOpening = (tx: Tx, engine: Engine, input: z.infer<typeof ofCase>): Promise<void> =>
  engine.start(tx, { id: `archive-open/${input.caseRef}/${input.turn}`, workflow: opening, input });

/** A worker on the passwords of a case under an authority; several lanes are several workers. */
export const startRecoveryLane = (tx: Tx, engine: Engine, input: z.infer<typeof laneOf>): Promise<void> => {
  const { authorityId, turn, lane } = input;
  return engine.start(tx, { id: `archive-recover/${authorityId}/${turn}/${lane}`, workflow: recovery, input });
};

/** All of it may run again: each writes what it does once. */
export const archiveWorkflows = (deps: ArchiveWorkDeps): readonly Workflow[] => [
  {
    name: census,
    queue: 'archives',
    run: async (input) => {
      const { caseRef, turn } = ofCase.parse(input);
      for await (const items of planCensus(deps.db, caseRef)) {
        const id = `archive-census-unit/${turn}/${nameBasedId('census', caseRef, ...items)}`;
        await inTransaction(deps.db, (tx) =>
          deps.engine().start(tx, { id, workflow: censusUnit, input: { caseRef, items: [...items] } }),
        );
      }
    },
  },
  {
    name: censusUnit,
    queue: 'archives',
    run: async (input) => {
      const { caseRef, items } = unitOf.parse(input);
      await examineUnit(deps, caseRef, items);
    },
  },
  {
    name: opening,
    queue: 'archives',
    run: async (input) => {
      await openArchives(deps, { caseRef: ofCase.parse(input).caseRef });
    },
  },
  {
    name: recovery,
    queue: 'recovery',
    run: async (input) => {
      const { caseRef, authorityId } = laneOf.parse(input);
      const engine = await openRecoveryEngine(deps.recovery);
      try {
        await runRecovery(deps, { caseRef, authorityId }, { engine });
      } finally {
        await engine.close();
      }
    },
  },
];
