import { buildCommand, buildRouteMap } from '@stricli/core';
import { type DataFlags, dataFlag, jsonFlag } from '../commands/flags.js';
import type { LedgerCheckFlags } from '../commands/ledger-check.js';
import type { LedgerHeadFlags } from '../commands/ledger-head.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';

const checkCommand = buildCommand<LedgerCheckFlags, [], TutelaContext>({
  loader: () => import('../commands/ledger-check.js'),
  parameters: {
    flags: {
      json: jsonFlag,
      against: {
        kind: 'parsed',
        parse: String,
        variadic: true,
        optional: true,
        placeholder: 'file',
        brief: 'A head that was kept elsewhere; may be given several times',
      },
      data: dataFlag,
    },
  },
  docs: {
    brief: 'Check every entry, signature and recorded row',
    fullDescription: withExamples(
      'Derives the log again from its rows, checks the signed heads and cosignatures, asks each witness for what it has ' +
        'signed, and compares each recorded row with what was said of it. Ends with 1 when anything differs.',
      ['tutela ledger check', 'tutela ledger check --json', 'tutela ledger check --against head-of-monday.txt'],
    ),
  },
});

const headCommand = buildCommand<LedgerHeadFlags, [], TutelaContext>({
  loader: () => import('../commands/ledger-head.js'),
  parameters: { flags: { json: jsonFlag, data: dataFlag } },
  docs: {
    brief: 'Print the newest signed head',
    fullDescription: withExamples(
      'The newest signed head (C2SP tlog-checkpoint) with its cosignatures. Kept on another machine it shows later ' +
        'whether anything was cut off. On stderr: what each witness has signed, when, and how far it is behind.',
      ['tutela ledger head > head-of-monday.txt', 'tutela ledger head --json'],
    ),
  },
});

const policyCommand = buildCommand<DataFlags, [], TutelaContext>({
  loader: () => import('../commands/ledger-policy.js'),
  parameters: { flags: { data: dataFlag } },
  docs: {
    brief: 'Print the policy that proofs are held against',
    fullDescription: withExamples(
      'The key of this ledger, its witnesses, and how many of them must have seen a head (C2SP tlog-policy).',
      ['tutela ledger policy > agency.policy'],
    ),
  },
});

export const ledgerRoutes = buildRouteMap({
  routes: { check: checkCommand, head: headCommand, policy: policyCommand },
  docs: { brief: 'What was done, in an order nobody can change unseen' },
});
