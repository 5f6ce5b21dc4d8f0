import { buildCommand, buildRouteMap } from '@stricli/core';
import { type DataFlags, dataFlag, jsonFlag, jsonlFlag, limitFlag, type OutputFlags } from '../commands/flags.js';
import type { ProviderIngestFlags } from '../commands/provider/ingest.js';
import type {
  JsonFlags,
  OrderAnswerFlags,
  OrderAskFlags,
  OrderDeclineFlags,
  OrderListFlags,
} from '../commands/provider/order.js';
import type { ProviderReadinessFlags } from '../commands/provider/readiness.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';

const data = { flags: { data: dataFlag } } as const;
const json = { json: jsonFlag, data: dataFlag } as const;
const output = { flags: { json: jsonFlag, jsonl: jsonlFlag, data: dataFlag } } as const;
const text = (placeholder: string, brief: string) => ({ kind: 'parsed', parse: String, placeholder, brief }) as const;
const optional = (placeholder: string, brief: string) => ({ ...text(placeholder, brief), optional: true }) as const;
const one = (placeholder: string, brief: string) =>
  ({ kind: 'tuple', parameters: [{ parse: String, placeholder, brief }] }) as const;
const anOrder = one('order', 'Id of an order, or its beginning');

const sources = () => import('../commands/provider/source.js');
const rules = () => import('../commands/provider/rules.js');
const orders = () => import('../commands/provider/order.js');
const segments = () => import('../commands/provider/segments.js');
const people = () => import('../commands/provider/people.js');

const sourceRoutes = buildRouteMap({
  routes: {
    add: buildCommand<DataFlags, [string], TutelaContext>({
      loader: async () => (await sources()).add,
      parameters: { ...data, positional: one('file', 'The declaration as JSON') },
      docs: {
        brief: 'Declare an exporter of logs',
        fullDescription: withExamples(
          'Format, zone, error of the clock, kind of NAT, pools and retention of one device. Nothing but the rest of ' +
            'freed ports has a default, which is 0. A declaration stands as it is.',
          ['tutela provider source add cgn1.json'],
        ),
      },
    }),
    list: buildCommand<DataFlags & OutputFlags, [], TutelaContext>({
      loader: async () => (await sources()).list,
      parameters: output,
      docs: {
        brief: 'The exporters that are declared',
        fullDescription: withExamples('The exporters that are declared.', ['tutela provider source list']),
      },
    }),
  },
  docs: { brief: 'Exporters of logs' },
});

const ingestCommand = buildCommand<ProviderIngestFlags, string[], TutelaContext>({
  loader: () => import('../commands/provider/ingest.js'),
  parameters: {
    flags: {
      source: text('exporter', 'Whose log it is'),
      from: optional('moment', 'From when on the files are the whole log of the device'),
      to: optional('moment', 'Until when, exclusive (default: from the first record to the last)'),
      ...json,
    },
    positional: {
      kind: 'array',
      minimum: 1,
      parameter: { parse: String, placeholder: 'file', brief: 'Log files, one after another in time' },
    },
  },
  docs: {
    brief: 'Read log files into segments, one a day',
    fullDescription: withExamples(
      'Interrupted or killed, the same call goes on where it was. Lines that cannot be read are kept with their reason ' +
        'and counted; then it ends with 4.',
      ['tutela provider ingest --source cgn1 --from 2026-03-02T00:00:00Z --to 2026-03-03T00:00:00Z cgn1.log'],
    ),
  },
});

const rulesRoutes = buildRouteMap({
  routes: {
    add: buildCommand<DataFlags, [string], TutelaContext>({
      loader: async () => (await rules()).add,
      parameters: { ...data, positional: one('file', 'The rule and its test vectors as JSON') },
      docs: {
        brief: 'Keep a version of a deterministic NAT, MAP or lw4o6 configuration',
        fullDescription: withExamples('It answers nothing before it is enabled.', [
          'tutela provider rules add map.json',
        ]),
      },
    }),
    list: buildCommand<DataFlags & OutputFlags, [], TutelaContext>({
      loader: async () => (await rules()).list,
      parameters: output,
      docs: {
        brief: 'Versions of all rule sets',
        fullDescription: withExamples('Versions of all rule sets.', ['tutela provider rules list']),
      },
    }),
    enable: buildCommand<DataFlags, [string], TutelaContext>({
      loader: async () => (await rules()).enable,
      parameters: { ...data, positional: one('rule', 'Id of the version') },
      docs: {
        brief: "Enable a version that agrees with the device's own test vectors",
        fullDescription: withExamples("Enable a version that agrees with the device's own test vectors.", [
          'tutela provider rules enable 3f0e5a1b',
        ]),
      },
    }),
  },
  docs: { brief: 'Assignment without a log' },
});

const orderRoutes = buildRouteMap({
  routes: {
    list: buildCommand<OrderListFlags, [], TutelaContext>({
      loader: async () => (await orders()).list,
      parameters: { flags: { ...output.flags, limit: limitFlag } },
      docs: {
        brief: 'Orders of agencies, newest first',
        fullDescription: withExamples('Orders of agencies, newest first.', ['tutela provider order list']),
      },
    }),
    show: buildCommand<JsonFlags, [string], TutelaContext>({
      loader: async () => (await orders()).show,
      parameters: { flags: json, positional: anOrder },
      docs: {
        brief: 'An order, to compare it with its document',
        fullDescription: withExamples('An order, to compare it with its document.', [
          'tutela provider order show 3f0e5a1b',
        ]),
      },
    }),
    ask: buildCommand<OrderAskFlags, [string], TutelaContext>({
      loader: async () => (await orders()).ask,
      parameters: {
        flags: {
          by: text('person', 'Who asks: a pseudonym'),
          reason: text('text', 'What was compared; it is part of what is approved'),
          data: dataFlag,
        },
        positional: anOrder,
      },
      docs: {
        brief: 'Put an order up for approval by two others',
        fullDescription: withExamples('Prints the digest of the request.', [
          'tutela provider order ask 5f0c --by staff-1 --reason "read against the document"',
        ]),
      },
    }),
    answer: buildCommand<OrderAnswerFlags, [string], TutelaContext>({
      loader: async () => (await orders()).answer,
      parameters: {
        flags: { approval: text('request', 'Digest of the approved request, or its beginning'), ...json },
        positional: anOrder,
      },
      docs: {
        brief: 'Answer an order that two people approved',
        fullDescription: withExamples(
          'Prints how each question came out. Who it is goes to the agency alone, and only of exactly one.',
          ['tutela provider order answer 5f0c --approval 3fa9c2'],
        ),
      },
    }),
    decline: buildCommand<OrderDeclineFlags, [string], TutelaContext>({
      loader: async () => (await orders()).decline,
      parameters: { flags: { reason: text('text', 'Why; the agency reads it'), data: dataFlag }, positional: anOrder },
      docs: {
        brief: 'Turn an order down',
        fullDescription: withExamples('Turn an order down.', [
          'tutela provider order decline 3f0e5a1b --reason "no such offence"',
        ]),
      },
    }),
  },
  docs: { brief: 'Orders of agencies and their answers' },
});

const reproduceCommand = buildCommand<JsonFlags, [string], TutelaContext>({
  loader: async () => (await orders()).reproduce,
  parameters: { flags: json, positional: one('answer', 'Id of an answer') },
  docs: {
    brief: 'Make an answer again and compare the bytes',
    fullDescription: withExamples('From the segments and rules that it was made from. Ends with 1 when it differs.', [
      'tutela provider reproduce 0b6f2f5e-5c0e-4b5e-9b53-3d6f3f2a7e11',
    ]),
  },
});

const readinessCommand = buildCommand<ProviderReadinessFlags, [string], TutelaContext>({
  loader: () => import('../commands/provider/readiness.js'),
  parameters: {
    flags: { html: optional('file', 'Write it as a page'), pdf: optional('file', 'Write it as a PDF'), ...json },
    positional: one('day', 'A UTC day, such as 2026-03-02'),
  },
  docs: {
    brief: 'How often a question about a day could be answered',
    fullDescription: withExamples(
      'With and without port, as the clock of the observer gets worse; gaps; customers behind an address; and what port ' +
        'blocks, deterministic NAT, MAP or IPv6 would change. Numbers only.',
      ['tutela provider readiness 2026-03-02', 'tutela provider readiness 2026-03-02 --html day.html --pdf day.pdf'],
    ),
  },
});

const segmentRoutes = buildRouteMap({
  routes: {
    list: buildCommand<DataFlags & OutputFlags, [], TutelaContext>({
      loader: async () => (await segments()).list,
      parameters: output,
      docs: {
        brief: 'What is kept, until when, and what went',
        fullDescription: withExamples('What is kept, until when, and what went.', ['tutela provider segments list']),
      },
    }),
    expire: buildCommand<JsonFlags, [], TutelaContext>({
      loader: async () => (await segments()).expire,
      parameters: { flags: json },
      docs: {
        brief: 'Delete segments whose retention has ended, with a certificate',
        fullDescription: withExamples('Delete segments whose retention has ended, with a certificate.', [
          'tutela provider segments expire',
        ]),
      },
    }),
  },
  docs: { brief: 'Days of logs' },
});

const agencyRoutes = buildRouteMap({
  routes: {
    add: buildCommand<DataFlags, [string], TutelaContext>({
      loader: async () => (await people()).addAgency,
      parameters: { ...data, positional: one('name', 'Name of the agency') },
      docs: {
        brief: 'Issue the credential with which an agency sends orders',
        fullDescription: withExamples('Issue the credential with which an agency sends orders.', [
          'tutela provider agency add north-police',
        ]),
      },
    }),
  },
  docs: { brief: 'Agencies that may ask' },
});

const identityRoutes = buildRouteMap({
  routes: {
    import: buildCommand<DataFlags, [string], TutelaContext>({
      loader: async () => (await people()).noteIdentities,
      parameters: { ...data, positional: one('file', 'JSON lines: account, name, line, two addresses') },
      docs: {
        brief: 'Take over whom accounts stand for, into the store of identities',
        fullDescription: withExamples(
          'One customer a line, as JSON; docs/provider.md shows the form. All or none: with a line that is no customer ' +
            'nothing is taken over, and it ends with 3.',
          ['tutela provider identities import customers.jsonl'],
        ),
      },
    }),
  },
  docs: { brief: 'The store of identities: written, never listed' },
});

export const providerRoutes = buildRouteMap({
  routes: {
    source: sourceRoutes,
    ingest: ingestCommand,
    rules: rulesRoutes,
    order: orderRoutes,
    reproduce: reproduceCommand,
    readiness: readinessCommand,
    segments: segmentRoutes,
    agency: agencyRoutes,
    identities: identityRoutes,
  },
  docs: { brief: 'Who had an address, under an order' },
});
