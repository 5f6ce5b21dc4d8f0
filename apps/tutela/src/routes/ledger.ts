import { buildCommand, buildRouteMap } from '@stricli/core';
import { dataFlag, jsonFlag } from '../commands/flags.js';
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
      'Derives the log again from its rows, checks the signed heads, and compares each recorded row with what was ' +
        'said of it. Ends with 1 when anything differs.',
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
      'The newest signed head (C2SP tlog-checkpoint). Kept on another machine it shows later whether anything was cut off.',
      ['tutela ledger head > head-of-monday.txt', 'tutela ledger head --json'],
    ),
  },
});

export const ledgerRoutes = buildRouteMap({
  routes: { check: checkCommand, head: headCommand },
  docs: { brief: 'What was done, in an order nobody can change unseen' },
});
