import { buildCommand } from '@stricli/core';
import type { DataFlags } from '../commands/flags.js';
import { dataFlag, jsonFlag } from '../commands/flags.js';
import type { StartFlags } from '../commands/start.js';
import type { StatusFlags } from '../commands/status.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';

export const startCommand = buildCommand<StartFlags, [], TutelaContext>({
  loader: () => import('../commands/start.js'),
  parameters: {
    flags: {
      port: {
        kind: 'parsed',
        parse: String,
        optional: true,
        placeholder: 'n',
        brief: 'Port on this machine; 0 takes any free one (default: TUTELA_PORT, else the next free one from 8642)',
      },
      demo: {
        kind: 'boolean',
        default: false,
        brief: 'Open the demonstration instead, in the folder demo of the data folder; npm start does',
      },
      once: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Run the demonstration from end to end, print what happened, and end',
      },
      data: dataFlag,
    },
  },
  docs: {
    brief: 'Open the desks, serve the console page, work',
    fullDescription: withExamples(
      'Opens the desks, works on what the queues hold, and serves the console page on this machine alone. ' +
        'The address on stdout holds the key.',
      [
        'tutela start',
        'tutela start --once',
        'tutela start --demo',
        'tutela start --port 0 --data /srv/tutela',
        'DATABASE_URL=postgresql://… tutela start',
      ],
    ),
  },
});

export const workerCommand = buildCommand<DataFlags, [], TutelaContext>({
  loader: () => import('../commands/worker.js'),
  parameters: { flags: { data: dataFlag } },
  docs: {
    brief: 'Take part in the work of an installation',
    fullDescription: withExamples(
      'A further process on the same database. What a killed worker leaves is taken over by its peers.',
      ['tutela worker', 'tutela worker --data /srv/tutela'],
    ),
  },
});

export const statusCommand = buildCommand<StatusFlags, [], TutelaContext>({
  loader: () => import('../commands/status.js'),
  parameters: { flags: { json: jsonFlag, data: dataFlag } },
  docs: {
    brief: 'Tell the state of the desks, their queues and the ledger',
    fullDescription: withExamples('The state of the desks, their queues and the ledger, whether or not a node runs.', [
      'tutela status',
      'tutela status --json',
    ]),
  },
});
