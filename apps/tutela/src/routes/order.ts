import { buildCommand, buildRouteMap } from '@stricli/core';
import { postingWays } from '@tutela/investigator-desk';
import { type DataFlags, dataFlag, jsonFlag, jsonlFlag, type OutputFlags } from '../commands/flags.js';
import type { AnswerFlags } from '../commands/order/answers.js';
import type { ConfirmFlags, JsonFlags, ObservationsFlags, ReportFlags } from '../commands/order/observations.js';
import type { AskFlags, DraftFlags, LetterFlags, ListFlags, SendFlags } from '../commands/order/orders.js';
import type { PostedFlags } from '../commands/order/posted.js';
import type { PreviewFlags, ProviderFlags, RangesFlags } from '../commands/order/providers.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';

const text = (placeholder: string, brief: string) => ({ kind: 'parsed', parse: String, placeholder, brief }) as const;
const maybe = (placeholder: string, brief: string) => ({ ...text(placeholder, brief), optional: true }) as const;
const upTo =
  (most: number) =>
  (given: string): number => {
    const value = Number(given);
    if (/^\d{1,6}$/.test(given) && value >= 1 && value <= most) return value;
    throw new SyntaxError(`not a whole number from 1 to ${most}`);
  };
const one = (placeholder: string, brief: string) => ({ parse: String, placeholder, brief }) as const;
const caseRef = one('case', 'Reference of a case');
const orderId = one('order', 'An order, as tutela order list names it');
const json = { json: jsonFlag, data: dataFlag } as const;
const rows = { json: jsonFlag, jsonl: jsonlFlag, data: dataFlag } as const;
const provider = text('provider', 'Short name of a provider');
const intake = {
  hours: { kind: 'enum', values: ['12', '24'], default: '24', brief: '12: every time must say AM or PM' },
  documentation: {
    kind: 'enum',
    values: ['allow', 'refuse'],
    default: 'refuse',
    brief: 'allow: addresses of documentation count, for a demonstration',
  },
} as const;

const observationsCommand = buildCommand<ObservationsFlags, [string, string], TutelaContext>({
  loader: async () => (await import('../commands/order/observations.js')).fromTable,
  parameters: {
    flags: { ...intake, ...json },
    positional: { kind: 'tuple', parameters: [caseRef, one('file', 'CSV')] },
  },
  docs: {
    brief: 'Import observed addresses from a table',
    fullDescription: withExamples(
      'Columns: ip, port, protocol, dest_ip, dest_port, from, to, clock_error_s, clock_offset_s, clock_synced_to, role, ' +
        'contact (D3, D2, D1, H), source_document, entry. A row that may not be asked about, such as hearsay or a time ' +
        'without zone, is kept as its line and a code.',
      ['tutela order observations OPP-26-1042 peers.csv'],
    ),
  },
});
const reportCommand = buildCommand<ReportFlags, [string, string], TutelaContext>({
  loader: async () => (await import('../commands/order/observations.js')).fromReport,
  parameters: {
    flags: {
      protocol: {
        kind: 'enum',
        values: ['tcp', 'udp', 'unknown'],
        default: 'unknown',
        brief: 'Of the ports; reports do not say. unknown: ports are left out',
      },
      clockError: {
        ...text('seconds', 'Error of the reporting service’s clock, or unknown'),
        default: 'unknown',
      },
      ...intake,
      ...json,
    },
    positional: { kind: 'tuple', parameters: [caseRef, one('report', 'Number of a report linked to the case')] },
  },
  docs: {
    brief: 'Take over the addresses of a report',
    fullDescription: withExamples(
      'The report has to belong to the case (tutela case link). Its addresses are taken over electronically, under the digest of the document; the protocol of a port and the error of the clock are what you state, since reports do not say.',
      ['tutela order report OPP-26-1042 123456789 --protocol tcp --clock-error 2'],
    ),
  },
});
const confirmCommand = buildCommand<ConfirmFlags, [string, string], TutelaContext>({
  loader: async () => (await import('../commands/order/observations.js')).confirm,
  parameters: {
    flags: { document: text('sha256', 'Of the document that it was compared with'), ...json },
    positional: { kind: 'tuple', parameters: [caseRef, one('observation', 'As tutela order preview names it')] },
  },
  docs: {
    brief: 'Confirm what somebody else typed off a document',
    fullDescription: withExamples(
      'What was typed is asked about only after a second person has compared it with the document it names.',
      ['tutela order confirm OPP-26-1042 0b9e7a52-0000-4000-8000-000000000000 --document cdcd…'],
    ),
  },
});
const rangesCommand = buildCommand<RangesFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/order/providers.js')).ranges,
  parameters: {
    flags: {
      kind: {
        kind: 'enum',
        values: ['table', 'delegated', 'rdap'],
        brief: 'prefix,holder,country; a registry’s delegated file; one RDAP network',
      },
      published: text('date', 'When it was made, where the file does not say'),
      ...json,
    },
    positional: { kind: 'tuple', parameters: [one('file', 'As you downloaded it; nothing is fetched')] },
  },
  docs: {
    brief: 'Import whose addresses are whose',
    fullDescription: withExamples(
      'Name, date and SHA-256 of the file are kept. Addresses of a case are looked up in it, and never sent anywhere.',
      ['tutela order ranges as.csv --kind table --published 2026-03-01'],
    ),
  },
});
const providerCommand = buildCommand<ProviderFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/order/providers.js')).provider,
  parameters: {
    flags: {
      name: text('text', 'As letters address it'),
      holder: { ...text('holder', 'A holder of ranges that is this provider; again for more'), variadic: true },
      country: maybe('code', 'Two letters'),
      exchange: maybe('url', 'Where its Tutela is; without one it gets letters'),
      credential: maybe('file', 'With the credential that it issued to you'),
      email: maybe('address', 'Of its desk for legal requests'),
      language: { kind: 'enum', values: ['en', 'es', 'pt'], default: 'en', brief: 'Of its letters' },
      days: { kind: 'parsed', parse: upTo(365), default: '14', placeholder: 'n', brief: 'Days until an answer is due' },
      sharing: {
        kind: 'parsed',
        parse: upTo(65_536),
        optional: true,
        placeholder: 'n',
        brief: 'Customers on one of its addresses, where known',
      },
      ...json,
    },
    positional: { kind: 'tuple', parameters: [one('provider', 'Short name, such as north-net')] },
  },
  docs: {
    brief: 'Note whom to ask and how',
    fullDescription: withExamples(
      'Registries name desks for abuse, not for legal requests: this directory is yours. Again for the same name, it changes what was noted.',
      [
        'tutela order provider north-net --name "North Net" --holder "AS64500 North Net" --exchange https://tutela.north.example --credential north.key',
      ],
    ),
  },
});
const groupCommand = buildCommand<DataFlags & OutputFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/order/providers.js')).group,
  parameters: { flags: rows, positional: { kind: 'tuple', parameters: [caseRef] } },
  docs: {
    brief: 'Show a case’s observations by provider',
    fullDescription: withExamples('What each provider’s observations lack, and how many no file knows a holder for.', [
      'tutela order group OPP-26-1042',
    ]),
  },
});
const previewCommand = buildCommand<PreviewFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/order/providers.js')).preview,
  parameters: { flags: { provider, ...rows }, positional: { kind: 'tuple', parameters: [caseRef] } },
  docs: {
    brief: 'Show what asking a provider would yield',
    fullDescription: withExamples(
      'Behind a NAT a question without port is answered with a number, and is told of here before anybody asks.',
      ['tutela order preview OPP-26-1042 --provider north-net'],
    ),
  },
});
const draftCommand = buildCommand<DraftFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/order/orders.js')).draft,
  parameters: {
    flags: {
      provider,
      authority: text('authority', 'A production order of the case, verified'),
      purpose: { ...text('text', 'What the answer is for'), default: 'investigation' },
      disclose: {
        kind: 'enum',
        values: ['count', 'handle', 'identity'],
        default: 'identity',
        brief: 'How much is asked for',
      },
      qualified: {
        kind: 'enum',
        values: ['withheld', 'disclosed'],
        default: 'withheld',
        brief: 'disclosed: the order expressly takes an answer that something qualifies',
      },
      together: {
        kind: 'enum',
        values: ['separate', 'one-subscriber'],
        default: 'separate',
        brief: 'one-subscriber: all are said to be one; the intersection is asked for besides',
      },
      ...json,
    },
    positional: { kind: 'tuple', parameters: [caseRef] },
  },
  docs: {
    brief: 'Draft an order to one provider',
    fullDescription: withExamples(
      'Takes the observations of the case that are this provider’s and were not asked about yet, and nobody else’s. The ' +
        'production order has to allow disclosing each of these addresses and moments to provider/NAME.',
      ['tutela order draft OPP-26-1042 --provider north-net --authority 6f1c…'],
    ),
  },
});
const approveRequestCommand = buildCommand<AskFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/order/orders.js')).approveRequest,
  parameters: {
    flags: { reason: text('text', 'Why it is to be sent'), ...json },
    positional: { kind: 'tuple', parameters: [orderId] },
  },
  docs: {
    brief: 'Ask two others to approve an order',
    fullDescription: withExamples('They approve this order to this provider, letter by letter. Prints the request.', [
      'tutela order approve-request 6f1c2d3e-0000-4000-8000-000000000000 --reason "who had them"',
    ]),
  },
});
const sendCommand = buildCommand<SendFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/order/orders.js')).send,
  parameters: {
    flags: { approval: text('request', 'The request that two people approved'), ...json },
    positional: { kind: 'tuple', parameters: [orderId] },
  },
  docs: {
    brief: 'Send an approved order',
    fullDescription: withExamples(
      'Uses the approval. Over the exchange it is taken there, again after any trouble, while the node or a worker runs; the same order twice is one order there.',
      ['tutela order send 6f1c2d3e-0000-4000-8000-000000000000 --approval 9f86d0'],
    ),
  },
});
const listCommand = buildCommand<ListFlags, [], TutelaContext>({
  loader: async () => (await import('../commands/order/orders.js')).list,
  parameters: { flags: { case: maybe('case', 'Of this case only'), ...rows } },
  docs: {
    brief: 'List orders, with what is overdue',
    fullDescription: withExamples('The newest first, with the day on which an answer is due.', [
      'tutela order list --case OPP-26-1042',
    ]),
  },
});
const showCommand = buildCommand<JsonFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/order/orders.js')).show,
  parameters: { flags: json, positional: { kind: 'tuple', parameters: [orderId] } },
  docs: {
    brief: 'Show an order and its answers',
    fullDescription: withExamples(
      'Of each observation: outcome, candidates, margin to the next other holder in seconds before and after, reasons, and the subscriber where one was told.',
      ['tutela order show 6f1c2d3e-0000-4000-8000-000000000000 --json'],
    ),
  },
});
const letterCommand = buildCommand<LetterFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/order/orders.js')).letter,
  parameters: {
    flags: { output: text('file', 'PDF to make'), data: dataFlag },
    positional: { kind: 'tuple', parameters: [orderId] },
  },
  docs: {
    brief: 'Make the letter for a provider without Tutela',
    fullDescription: withExamples(
      'A PDF in the provider’s language with the order as data inside, and the text of an e-mail on stdout. Only of an approved order.',
      ['tutela order letter 6f1c2d3e-0000-4000-8000-000000000000 --output order.pdf > mail.txt'],
    ),
  },
});
const postedCommand = buildCommand<PostedFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/order/posted.js')).posted,
  parameters: {
    flags: {
      on: text('day', 'On which it was posted, such as 2026-03-20'),
      way: { kind: 'enum', values: postingWays, default: 'registered-post', brief: 'How it left' },
      receipt: text('text', 'Number of the posting, or who signed for it'),
      ...json,
    },
    positional: { kind: 'tuple', parameters: [orderId] },
  },
  docs: {
    brief: 'Note that the letter of an order was posted',
    fullDescription: withExamples(
      'The program posts nothing: a person does, and says so here, once. The day on which an answer is due stays as the letter names it.',
      ['tutela order posted 6f1c2d3e-0000-4000-8000-000000000000 --on 2026-03-20 --receipt RR123456789PY'],
    ),
  },
});

const scan = text('file', 'The letter as it was scanned');
const answerCommand = buildCommand<AnswerFlags, [string, string], TutelaContext>({
  loader: async () => (await import('../commands/order/answers.js')).answer,
  parameters: {
    flags: { scan, ...json },
    positional: { kind: 'tuple', parameters: [orderId, one('file', 'What was typed off it, JSON')] },
  },
  docs: {
    brief: 'Enter what a provider answered by letter',
    fullDescription: withExamples(
      'The scan goes into the vault of the case. The file holds {"dated":"2026-03-20","answers":[{"question":1,"outcome":"ONE_QUALIFIED","marginSeconds":{"before":90,"after":400},"reasons":[],"subscriber":{"name":"…","line":"residential","installationAddress":"…","billingAddress":"…"}}]}, ' +
        'one for each question of the order. Outcomes: EXACT_ONE (only where the letter says that its log is complete and one held it throughout), ONE_QUALIFIED, N_CANDIDATES with "candidates", NONE_PROVEN, NONE_UNKNOWN, REFUSED. ' +
        'With several candidates no name is taken. It is no answer until somebody else has checked it.',
      ['tutela order answer 6f1c2d3e-0000-4000-8000-000000000000 answer.json --scan letter.pdf'],
    ),
  },
});
const checkAnswerCommand = buildCommand<AnswerFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/order/answers.js')).checkAnswer,
  parameters: { flags: { scan, ...json }, positional: { kind: 'tuple', parameters: [orderId] } },
  docs: {
    brief: 'Confirm an answer that somebody else typed off a letter',
    fullDescription: withExamples(
      'Compare what tutela order show --json tells under "letter" with the letter itself first. From then on it stands in the case like any other answer, with both names.',
      ['tutela order check-answer 6f1c2d3e-0000-4000-8000-000000000000 --scan letter.pdf'],
    ),
  },
});

export const orderRoutes = buildRouteMap<string, TutelaContext>({
  routes: {
    observations: observationsCommand,
    report: reportCommand,
    confirm: confirmCommand,
    ranges: rangesCommand,
    provider: providerCommand,
    group: groupCommand,
    preview: previewCommand,
    draft: draftCommand,
    'approve-request': approveRequestCommand,
    send: sendCommand,
    letter: letterCommand,
    posted: postedCommand,
    answer: answerCommand,
    'check-answer': checkAnswerCommand,
    list: listCommand,
    show: showCommand,
  },
  docs: { brief: 'Ask providers who had an address, under an order' },
});
