import { buildCommand, buildRouteMap } from '@stricli/core';
import { jsonFlag } from '../commands/flags.js';
import type { WitnessFlags } from '../commands/witness-init.js';
import type { WitnessStartFlags } from '../commands/witness-start.js';
import type { WitnessTrustFlags } from '../commands/witness-trust.js';
import { type PortChoice, readPort } from '../config/config.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';

const dataFlag = {
  kind: 'parsed',
  parse: String,
  optional: true,
  placeholder: 'folder',
  brief: "The witness's own folder (default: TUTELA_WITNESS_DATA, else .tutela-witness in the repository)",
} as const;

const initCommand = buildCommand<WitnessFlags, [string], TutelaContext>({
  loader: () => import('../commands/witness-init.js'),
  parameters: {
    flags: { json: jsonFlag, data: dataFlag },
    positional: {
      kind: 'tuple',
      parameters: [
        { parse: String, placeholder: 'name', brief: 'An address without scheme; it need not be reachable' },
      ],
    },
  },
  docs: {
    brief: 'Make a witness with a key of its own',
    fullDescription: withExamples('Prints the key by which others believe the witness.', [
      'tutela witness init witness.example/w1',
      'tutela witness init witness.example/w1 --data /srv/witness --json',
    ]),
  },
});

const trustCommand = buildCommand<WitnessTrustFlags, string[], TutelaContext>({
  loader: () => import('../commands/witness-trust.js'),
  parameters: {
    flags: { data: dataFlag },
    positional: {
      kind: 'array',
      minimum: 1,
      parameter: { parse: String, placeholder: 'key', brief: 'Keys of logs, as tutela ledger head prints them' },
    },
  },
  docs: {
    brief: 'Watch a log',
    fullDescription: withExamples('From now on the witness cosigns heads of this log, also when it runs already.', [
      'tutela witness trust agency.example/evidence+1a2b3c4d+AXNlZSB0dXRlbGEgbGVkZ2VyIGhlYWQgZm9yIGEga2V5',
    ]),
  },
});

const startCommand = buildCommand<WitnessStartFlags, [], TutelaContext>({
  loader: () => import('../commands/witness-start.js'),
  parameters: {
    flags: {
      port: {
        kind: 'parsed',
        parse: (text: string): PortChoice => ({ kind: 'exactly', port: readPort(text) }),
        default: '8643',
        placeholder: 'n',
        brief: 'Port; 0 takes any free one',
      },
      host: {
        kind: 'parsed',
        parse: String,
        default: '127.0.0.1',
        placeholder: 'address',
        brief: 'Address to listen at; put a proxy with TLS before any other than this machine',
      },
      data: dataFlag,
    },
  },
  docs: {
    brief: 'Cosign heads of the watched logs, over HTTP',
    fullDescription: withExamples(
      'Speaks C2SP tlog-witness. Signs a head only when it continues the last one that it signed, and keeps it before it ' +
        'answers: it never signs two histories. Needs its folder and no database. The address on stdout goes into ' +
        'TUTELA_WITNESSES of the log.',
      ['tutela witness start', 'tutela witness start --port 0 --data /srv/witness'],
    ),
  },
});

const showCommand = buildCommand<WitnessFlags, [], TutelaContext>({
  loader: () => import('../commands/witness-show.js'),
  parameters: { flags: { json: jsonFlag, data: dataFlag } },
  docs: {
    brief: "Print the witness's key and what it has signed",
    fullDescription: withExamples(
      'What it has signed of each log, when, and whether the log ever signed a head that did not continue it.',
      ['tutela witness show', 'tutela witness show --json'],
    ),
  },
});

export const witnessRoutes = buildRouteMap({
  routes: { init: initCommand, trust: trustCommand, start: startCommand, show: showCommand },
  docs: { brief: 'A second program, of somebody else, that sees that logs only grow' },
});
