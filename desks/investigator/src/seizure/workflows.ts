import type { Queue, Workflow } from '@tutela/engine';
import { z } from 'zod';
import type { SeizureDeps } from './deps.js';
import { newShareCache } from './plan/share-cache.js';
import { openPieceDigester, type PieceDigester } from './read/piece-digester.js';
import { runUnit } from './run-unit.js';
import type { UnitId } from './schema.js';
import { unitWorkflow } from './tell-units.js';

export const seizureQueues: readonly Queue[] = [{ name: 'seize', perProcess: 4 }];

const unitInput = z.object({ unitId: z.uuid(), attempt: z.int() });

/** The work of a process on seizures. Its threads for long files begin with the first one, and end with the process. */
export const seizureWorkflows = (deps: SeizureDeps): readonly Workflow[] => {
  let opened: PieceDigester | undefined;
  const digester = (): PieceDigester => {
    opened ??= openPieceDigester();
    return opened;
  };
  const shares = newShareCache();
  return [
    {
      name: unitWorkflow,
      queue: 'seize',
      run: (input) => {
        const { unitId, attempt } = unitInput.parse(input);
        return runUnit({ ...deps, digester, shares }, unitId as UnitId, attempt);
      },
    },
  ];
};
