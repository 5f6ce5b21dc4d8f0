import { answerQuestion, formatIpv4, type ObservationFields, readObservation } from '@tutela/attribution';
import { randomFrom } from '@tutela/testkit';
import { namedIn, usualOrder } from './ask-tutela.js';
import { anyMoment, type Moment } from './known-truth.js';
import { naiveAnswer } from './naive-tool.js';
import { dayMs, logStart } from './parameters.js';
import type { ProviderLog } from './provider-log.js';

/** Shares of 1 of the questions, which all had a true holder. */
export interface MistakeRow {
  readonly mistake: string;
  readonly questions: number;
  readonly naive: { readonly same: number; readonly none: number; readonly wrong: number };
  /**
   * The same mistake, as it would be written, at Tutela's intake. `warned`, `unwarned`: a question about something
   * else was answered, with or without the advice that this very kind of mistake would change the answer.
   */
  readonly tutela: {
    readonly refused: number;
    readonly same: number;
    readonly nobody: number;
    readonly warned: number;
    readonly unwarned: number;
  };
}

/** What goes into the form instead of what was seen. */
interface MistakeKind {
  readonly name: string;
  readonly moved: (moment: Moment, addresses: number) => Moment;
  /** Only what differs from a complete question in UTC. */
  readonly written?: (truth: Moment) => Partial<ObservationFields>;
  readonly settings?: { readonly hours: 12 };
}

const hour = 3_600_000;
const later =
  (ms: number): MistakeKind['moved'] =>
  (moment) => ({ ...moment, at: moment.at + ms });
const text = (at: number): string => new Date(at).toISOString().slice(0, 23);
const destinationPort = 8443;

/** The mistakes of attribution.md §4.5, and how each is written down. */
const mistakeKinds: readonly MistakeKind[] = [
  { name: '+5 s', moved: later(5000) },
  { name: '+60 s', moved: later(60_000) },
  {
    name: '1 h (summer time)',
    moved: later(hour),
    written: ({ at }) => ({ from: `${text(at + 2 * hour)}+01:00` }),
  },
  { name: '3 h (UTC against UTC-3)', moved: later(3 * hour), written: ({ at }) => ({ from: text(at + 3 * hour) }) },
  {
    name: '5 h (BST as Dhaka)',
    moved: later(5 * hour),
    written: ({ at }) => ({ from: `${text(at + 6 * hour)} BST` }),
  },
  {
    name: '12 h (AM/PM)',
    moved: later(12 * hour),
    settings: { hours: 12 },
    written: ({ at }) => ({ from: `${text(at)}Z` }),
  },
  { name: '3 days (day/month)', moved: later(3 * dayMs) },
  {
    name: 'address off by 10',
    moved: ({ ip, ...rest }, addresses) => ({ ...rest, ip: offByTen(ip, addresses) }),
  },
  {
    name: 'destination port as source port',
    moved: (moment) => ({ ...moment, port: destinationPort }),
    written: ({ port }) => ({ destIp: '192.0.2.1', destPort: String(port) }),
  },
];

/** The address ten further. Of a few addresses the first follows the last: of a thousand, ten are followed by none. */
const offByTen = (ip: number, addresses: number): number => {
  const first = Math.floor(ip / 2 ** 17) * 2 ** 17;
  return first + (addresses < 500 ? (ip - first + 10) % addresses : ip - first + 10);
};

/**
 * §4.5: what a mistake in the question yields, among questions at any moment of the log that have a true holder. As
 * there, a mistake may lead beyond the end of the log or of the pool, where there is nobody.
 */
export const mistakeTable = (
  log: ProviderLog,
  { questions, seed }: { readonly questions: number; readonly seed: number },
): readonly MistakeRow[] => {
  const random = randomFrom(seed);
  const asked: Moment[] = [];
  while (asked.length < questions) {
    const moment = anyMoment(random, log.carrier, logStart, log.carrier.process.toMs);
    if (log.truth(moment.ip, moment.port, moment.at).length > 0) asked.push(moment);
  }
  return mistakeKinds.map((kind) => rowOf(log, kind, asked));
};

const rowOf = (log: ProviderLog, kind: MistakeKind, asked: readonly Moment[]): MistakeRow => {
  const naive = { same: 0, none: 0, wrong: 0 };
  const tutela = { refused: 0, same: 0, nobody: 0, warned: 0, unwarned: 0 };
  for (const moment of asked) {
    const holder = log.tagOf(log.truth(moment.ip, moment.port, moment.at)[0]!);
    const mistaken = kind.moved(moment, log.carrier.addresses);
    const [first] = naiveAnswer(log.segments, { ...mistaken, withinMs: 0 });
    naive[first === undefined ? 'none' : first === holder ? 'same' : 'wrong']++;
    tutela[toldBy(log, kind, moment, mistaken, holder)]++;
  }
  const share = (count: number): number => count / asked.length;
  return {
    mistake: kind.name,
    questions: asked.length,
    naive: { same: share(naive.same), none: share(naive.none), wrong: share(naive.wrong) },
    tutela: {
      refused: share(tutela.refused),
      same: share(tutela.same),
      nobody: share(tutela.nobody),
      warned: share(tutela.warned),
      unwarned: share(tutela.unwarned),
    },
  };
};

const toldBy = (
  { plan }: ProviderLog,
  { written, settings }: MistakeKind,
  moment: Moment,
  mistaken: Moment,
  holder: string,
): keyof MistakeRow['tutela'] => {
  const fields = { ...fieldsOf(mistaken), ...written?.(moment) };
  const read = readObservation(fields, { documentation: 'allow', hours: settings?.hours ?? 24, abbreviations: {} });
  if (read.kind !== 'done') return 'refused';
  const question = { observation: read.value, order: usualOrder, purpose: usualOrder.purpose, now: logStart };
  const { released } = answerQuestion(question, plan);
  const named = namedIn(released);
  if (named === 'nobody') return 'nobody';
  if (named === holder) return 'same';
  const checks = 'mistakes' in released ? Object.values(released.mistakes ?? {}) : [];
  return checks.includes('would-change') ? 'warned' : 'unwarned';
};

/** A complete question by a clock that errs by two seconds, typed off a document. */
export const fieldsOf = ({ ip, port, at }: Moment): ObservationFields => ({
  ip: formatIpv4(ip),
  port: String(port),
  proto: 'tcp',
  destIp: '',
  destPort: '',
  from: `${text(at)}Z`,
  to: '',
  clockErrorSeconds: '2',
  clockOffsetSeconds: '',
  clockSyncedTo: 'ntp',
  role: 'connection-source',
  contact: '',
  sourceDocument: '0'.repeat(64),
  entry: 'transcribed',
});
