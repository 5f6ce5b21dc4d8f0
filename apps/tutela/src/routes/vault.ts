import { buildCommand, buildRouteMap } from '@stricli/core';
import { type DataFlags, dataFlag, jsonFlag, jsonlFlag, type OutputFlags } from '../commands/flags.js';
import type { VaultAskShredFlags } from '../commands/vault-ask-shred.js';
import type { HoldFlags } from '../commands/vault-hold.js';
import type { RotateKeyFlags } from '../commands/vault-rotate-key.js';
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

const reasonFlags = {
  reason: text('text', 'Why; it goes on record'),
  json: jsonFlag,
  data: dataFlag,
} as const;

const holdCommand = buildCommand<HoldFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/vault-hold.js')).hold,
  parameters: { flags: reasonFlags, positional: oneCase },
  docs: {
    brief: 'Place a legal hold: the case cannot be shredded',
    fullDescription: withExamples('Several may stand on one case; each is released for itself. Prints its id.', [
      'tutela vault hold case-7 --reason "appeal 26-119 pending"',
    ]),
  },
});

const holdsCommand = buildCommand<DataFlags & OutputFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/vault-hold.js')).holds,
  parameters: { flags: { json: jsonFlag, jsonl: jsonlFlag, data: dataFlag }, positional: oneCase },
  docs: {
    brief: 'Legal holds that stand on a case',
    fullDescription: withExamples('The oldest first.', ['tutela vault holds case-7']),
  },
});

const releaseCommand = buildCommand<HoldFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/vault-hold.js')).release,
  parameters: {
    flags: reasonFlags,
    positional: {
      kind: 'tuple',
      parameters: [{ parse: String, placeholder: 'hold', brief: 'As tutela vault holds names it' }],
    },
  },
  docs: {
    brief: 'Release a legal hold',
    fullDescription: withExamples('The case can be shredded once no hold stands, with the word of two people.', [
      'tutela vault release 01989f3e-5a1b-7c2d-8e3f-0a1b2c3d4e5f --reason "appeal withdrawn"',
    ]),
  },
});

const rotateKeyCommand = buildCommand<RotateKeyFlags, [], TutelaContext>({
  loader: () => import('../commands/vault-rotate-key.js'),
  parameters,
  docs: {
    brief: 'Make a new installation key and wrap every case key with it',
    fullDescription: withExamples(
      'Others may work meanwhile; stopped at any moment, everything opens, and the next call goes on. Copies of the case ' +
        'keys from before are useless afterwards, also to you: copy both anew.',
      ['tutela vault rotate-key'],
    ),
  },
});

export const vaultRoutes = buildRouteMap({
  routes: {
    scrub: scrubCommand,
    status: statusCommand,
    askShred: askShredCommand,
    shred: shredCommand,
    hold: holdCommand,
    holds: holdsCommand,
    release: releaseCommand,
    rotateKey: rotateKeyCommand,
  },
  docs: { brief: 'Encrypted objects and the keys of cases' },
});
