import type { Queue, Workflow } from '@tutela/engine';
import { z } from 'zod';
import type { FingerprintDeps } from './deps.js';
import { runFingerprintUnit } from './run-unit.js';
import { type FingerprintRunId, fingerprintWorkflow, stackingWorkflow } from './schema.js';
import { stackLookAlikes } from './stack-look-alikes.js';

/** Two, so that one reads while the other decodes: a unit already keeps the decoder busy. */
export const fingerprintQueues: readonly Queue[] = [{ name: 'fingerprints', perProcess: 2 }];

const unitInput = z.object({ runId: z.uuid(), place: z.int() });
const stackingInput = z.object({ runId: z.uuid() });

export const fingerprintWorkflows = (deps: FingerprintDeps): readonly Workflow[] => [
  {
    name: fingerprintWorkflow,
    queue: 'fingerprints',
    run: (input) => {
      const { runId, place } = unitInput.parse(input);
      return runFingerprintUnit(deps, runId as FingerprintRunId, place);
    },
  },
  {
    name: stackingWorkflow,
    queue: 'fingerprints',
    run: (input) => stackLookAlikes(deps, stackingInput.parse(input).runId as FingerprintRunId),
  },
];
