import {
  type AnswerOutcome,
  answerQuestion,
  type ObservationFields,
  type ReasonCode,
  readObservation,
} from '@tutela/attribution';
import { type Random, randomFrom } from '@tutela/testkit';
import { namedIn, usualOrder } from './ask-tutela.js';
import { anyMoment, type Moment } from './known-truth.js';
import { fieldsOf } from './mistake-table.js';
import { dayMs, logStart } from './parameters.js';
import type { ProviderLog } from './provider-log.js';

/**
 * Where the rows of an import come from, in hundredths. The article names the first seven countries and a hundred in
 * all; the shares are this demonstration's.
 */
export const countryMix = { US: 30, DE: 11, JP: 6, RU: 6, CA: 5, GB: 5, FR: 5, others: 32 } as const;
type Country = keyof typeof countryMix;

/** This provider is one of four in its country; the rows of all others go to the others and are not read here. */
export const ownProvider = { country: 'DE', ofProviders: 4 } as const;

interface RowKind {
  readonly name: string;
  /** In hundredths of the rows. */
  readonly share: number;
  readonly errorMs: number;
  readonly written: (moment: Moment) => Partial<ObservationFields>;
}

const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19);

/** What import rows are like, with the shares of this demonstration. */
const rowKinds: readonly RowKind[] = [
  { name: 'complete, clock within 2 s', share: 48, errorMs: 2000, written: () => ({ entry: 'electronic' }) },
  { name: 'clock within 60 s', share: 10, errorMs: 60_000, written: () => ({ clockErrorSeconds: '60' }) },
  { name: 'clock within 15 min', share: 5, errorMs: 900_000, written: () => ({ clockErrorSeconds: '900' }) },
  { name: 'clock error unknown', share: 8, errorMs: 2000, written: () => ({ clockErrorSeconds: 'unknown' }) },
  { name: 'no port', share: 12, errorMs: 2000, written: () => ({ port: '', proto: '' }) },
  { name: 'no zone', share: 4, errorMs: 2000, written: ({ at }) => ({ from: stamp(at) }) },
  { name: 'zone as BST', share: 2, errorMs: 2000, written: ({ at }) => ({ from: `${stamp(at)} BST` }) },
  { name: 'inside address', share: 3, errorMs: 2000, written: () => ({ ip: '100.64.7.21' }) },
  { name: 'hearsay', share: 5, errorMs: 2000, written: () => ({ contact: 'H', role: 'listening-endpoint' }) },
  {
    name: 'verified peer, listening port',
    share: 3,
    errorMs: 2000,
    written: () => ({ contact: 'D3', role: 'listening-endpoint' }),
  },
];

export interface ImportedKind {
  readonly kind: string;
  readonly rows: number;
  /** Turned away before any log is read, by code. */
  readonly refused: Readonly<Partial<Record<ReasonCode, number>>>;
  readonly outcomes: Readonly<Partial<Record<AnswerOutcome, number>>>;
  readonly named: number;
  readonly wrong: number;
}

export interface ImportedAnswers {
  readonly drawn: number;
  readonly byCountry: Readonly<Record<Country, number>>;
  readonly asked: number;
  readonly kinds: readonly ImportedKind[];
}

/** Draws an import until so many of its rows are this provider's, and answers those; each was truly somebody's. */
export const answerImport = (
  log: ProviderLog,
  { observations, seed }: { readonly observations: number; readonly seed: number },
): ImportedAnswers => {
  const random = randomFrom(seed);
  const byCountry = { US: 0, DE: 0, JP: 0, RU: 0, CA: 0, GB: 0, FR: 0, others: 0 };
  const kinds = new Map(rowKinds.map((kind) => [kind, { rows: 0, refused: {}, outcomes: {}, named: 0, wrong: 0 }]));
  let drawn = 0;
  for (let asked = 0; asked < observations; drawn++) {
    const country = drawCountry(random);
    byCountry[country]++;
    if (country !== ownProvider.country || random() * ownProvider.ofProviders >= 1) continue;
    asked++;
    const kind = drawKind(random);
    answerRow(log, kind, random, kinds.get(kind)!);
  }
  return {
    drawn,
    byCountry,
    asked: observations,
    kinds: [...kinds].map(([{ name }, counted]) => ({ kind: name, ...counted })),
  };
};

const answerRow = (log: ProviderLog, kind: RowKind, random: Random, counted: Counted): void => {
  const moment = heldMoment(log, random);
  const at = Math.round(moment.at + (2 * random() - 1) * kind.errorMs);
  counted.rows++;
  const fields = { ...fieldsOf({ ...moment, at }), ...kind.written({ ...moment, at }) };
  const read = readObservation(fields, { documentation: 'allow', hours: 24, abbreviations: {} });
  if (read.kind !== 'done') {
    const { code } = read.reason;
    counted.refused[code] = (counted.refused[code] ?? 0) + 1;
    return;
  }
  const question = { observation: read.value, order: usualOrder, purpose: usualOrder.purpose, now: logStart };
  const { released } = answerQuestion(question, log.plan);
  counted.outcomes[released.outcome] = (counted.outcomes[released.outcome] ?? 0) + 1;
  const named = namedIn(released);
  if (named === 'nobody') return;
  counted.named++;
  const holders = log.truth(moment.ip, moment.port, moment.at).map(log.tagOf);
  if (holders.length !== 1 || holders[0] !== named) counted.wrong++;
};

interface Counted {
  rows: number;
  refused: Partial<Record<ReasonCode, number>>;
  outcomes: Partial<Record<AnswerOutcome, number>>;
  named: number;
  wrong: number;
}

const heldMoment = ({ carrier, truth }: ProviderLog, random: Random): Moment => {
  for (;;) {
    const moment = anyMoment(random, carrier, logStart + dayMs, carrier.process.toMs - dayMs);
    if (truth(moment.ip, moment.port, moment.at).length > 0) return moment;
  }
};

const drawCountry = (random: Random): Country => drawn(Object.entries(countryMix), random) as Country;

const drawKind = (random: Random): RowKind =>
  drawn(
    rowKinds.map((kind) => [kind, kind.share]),
    random,
  );

/** @param shares in hundredths, 100 in all */
const drawn = <Item>(shares: readonly (readonly [Item, number])[], random: Random): Item => {
  let left = random() * 100;
  for (const [item, share] of shares) {
    left -= share;
    if (left < 0) return item;
  }
  return shares.at(-1)![0];
};
