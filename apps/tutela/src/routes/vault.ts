import { buildCommand, buildRouteMap } from '@stricli/core';
import { dataFlag, jsonFlag } from '../commands/flags.js';
import type { VaultAskShredFlags } from '../commands/vault-ask-shred.js';
import type { VaultScrubFlags } from '../commands/vault-scrub.js';
import type { VaultShredFlags } from '../commands/vault-shred.js';
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

const oneCase = {
  kind: 'tuple',
  parameters: [{ parse: String, placeholder: 'case', brief: 'Reference of the case' }],
} as const;
const text = (placeholder: string, brief: string) => ({ kind: 'parsed', parse: String, placeholder, brief }) as const;

const askShredCommand = buildCommand<VaultAskShredFlags, [string], TutelaContext>({
  loader: () => import('../commands/vault-ask-shred.js'),
  parameters: {
    flags: {
      by: text('person', 'Who asks: a pseudonym'),
      reason: text('text', 'Why; it is part of what is approved'),
      json: jsonFlag,
      data: dataFlag,
    },
    positional: oneCase,
  },
  docs: {
    brief: 'Ask for the shredding of a case',
    fullDescription: withExamples('Two other people have to approve it. Prints the digest of the request.', [
      'tutela vault ask-shred case-7 --by staff-7 --reason "acquitted, order 4711"',
    ]),
  },
});

const shredCommand = buildCommand<VaultShredFlags, [string], TutelaContext>({
  loader: () => import('../commands/vault-shred.js'),
  parameters: {
    flags: {
      approval: text('request', 'Digest of the approved request, or its beginning'),
      certificate: text('file', 'Where to write the certificate'),
      data: dataFlag,
    },
    positional: oneCase,
  },
  docs: {
    brief: 'Destroy the key of a case, for good',
    fullDescription: withExamples(
      'Nothing of the case can be read afterwards. Refused without the word of two people, and under a legal hold.',
      ['tutela vault shred case-7 --approval 3fa9c2 --certificate case-7.json'],
    ),
  },
});

export const vaultRoutes = buildRouteMap({
  routes: { scrub: scrubCommand, status: statusCommand, askShred: askShredCommand, shred: shredCommand },
  docs: { brief: 'Encrypted objects and the keys of cases' },
});
