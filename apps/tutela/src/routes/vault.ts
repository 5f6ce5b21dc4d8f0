import { buildCommand, buildRouteMap } from '@stricli/core';
import { dataFlag, jsonFlag } from '../commands/flags.js';
import type { VaultScrubFlags } from '../commands/vault-scrub.js';
import type { VaultStatusFlags } from '../commands/vault-status.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';

const parameters = { flags: { json: jsonFlag, data: dataFlag } } as const;

const scrubCommand = buildCommand<VaultScrubFlags, [], TutelaContext>({
  loader: () => import('../commands/vault-scrub.js'),
  parameters,
  docs: {
    brief: 'Read every object again and say which are damaged',
    fullDescription: withExamples(
      'Decrypts every object and compares it with its digest and its name. What it finds is recorded in the ledger. Ends ' +
        'with 1 when anything is damaged; interrupted, it goes on at the next call.',
      ['tutela vault scrub', 'tutela vault scrub --json'],
    ),
  },
});

const statusCommand = buildCommand<VaultStatusFlags, [], TutelaContext>({
  loader: () => import('../commands/vault-status.js'),
  parameters,
  docs: {
    brief: 'What the vault holds, and where objects and keys lie',
    fullDescription: withExamples('Counts the objects of each compartment; reads none of them.', [
      'tutela vault status',
      'tutela vault status --json',
    ]),
  },
});

export const vaultRoutes = buildRouteMap({
  routes: { scrub: scrubCommand, status: statusCommand },
  docs: { brief: 'Encrypted objects and the keys of cases' },
});
