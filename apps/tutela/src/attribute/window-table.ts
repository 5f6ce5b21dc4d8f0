import { randomFrom } from '@tutela/testkit';
import { askTutela, seen } from './ask-tutela.js';
import { anyMoment, type Moment } from './known-truth.js';
import { naiveAnswer } from './naive-tool.js';
import { dayMs } from './parameters.js';
import type { ProviderLog } from './provider-log.js';

/** Shares of 1 of the questions asked; `ofUnheld` of those that truly had no holder. */
export interface WindowRow {
  readonly seconds: number;
  readonly questions: number;
  readonly naive: {
    readonly none: number;
    readonly one: number;
    readonly several: number;
    readonly falseOne: number;
  };
  readonly tutela: {
    readonly exact: number;
    readonly qualified: number;
    readonly several: number;
    readonly none: number;
    /** Persons named under the usual order who were not the holder, and those named where there was none: counts. */
    readonly wrong: number;
    readonly falseOne: number;
  };
  readonly unheld: number;
}

/** §4.5: what a window of ± so many seconds yields, of questions at any moment or only where somebody held. */
export const windowTable = (
  log: ProviderLog,
  asked: {
    readonly seconds: readonly number[];
    readonly questions: number;
    readonly seed: number;
    readonly of: 'any' | 'held';
  },
): readonly WindowRow[] => {
  const moments = momentsOf(log, asked);
  return asked.seconds.map((seconds) => rowOf(log, moments, seconds));
};

type Asked = readonly { readonly moment: Moment; readonly holders: readonly string[] }[];

const momentsOf = (
  { carrier, truth, tagOf }: ProviderLog,
  { questions, seed, of }: { readonly questions: number; readonly seed: number; readonly of: 'any' | 'held' },
): Asked => {
  const random = randomFrom(seed);
  const { fromMs, toMs } = carrier.process;
  // Away from the edges of the log, where a window would reach beyond it.
  const edge = Math.min(dayMs, (toMs - fromMs) / 8);
  const asked: { moment: Moment; holders: readonly string[] }[] = [];
  while (asked.length < questions) {
    const moment = anyMoment(random, carrier, fromMs + edge, toMs - edge);
    const holders = truth(moment.ip, moment.port, moment.at).map(tagOf);
    if (of === 'any' || holders.length > 0) asked.push({ moment, holders });
  }
  return asked;
};

const rowOf = ({ segments, plan }: ProviderLog, asked: Asked, seconds: number): WindowRow => {
  const naive = { none: 0, one: 0, several: 0, falseOne: 0 };
  const tutela = { exact: 0, qualified: 0, several: 0, none: 0, wrong: 0, falseOne: 0 };
  let unheld = 0;
  for (const { moment, holders } of asked) {
    if (holders.length === 0) unheld++;
    const found = naiveAnswer(segments, { ...moment, withinMs: seconds * 1000 });
    const size = found.length === 0 ? 'none' : found.length === 1 ? 'one' : 'several';
    naive[size]++;
    if (size === 'one' && holders.length === 0) naive.falseOne++;
    const { outcome, named } = askTutela(plan, seen(moment, { errorMs: seconds * 1000 }));
    tutela[sizes[outcome]]++;
    if (named === 'nobody') continue;
    if (!holders.includes(named)) tutela.wrong++;
    if (holders.length === 0) tutela.falseOne++;
  }
  const share = (count: number): number => count / asked.length;
  return {
    seconds,
    questions: asked.length,
    unheld,
    naive: {
      none: share(naive.none),
      one: share(naive.one),
      several: share(naive.several),
      falseOne: unheld === 0 ? 0 : naive.falseOne / unheld,
    },
    tutela: {
      ...tutela,
      exact: share(tutela.exact),
      qualified: share(tutela.qualified),
      several: share(tutela.several),
      none: share(tutela.none),
    },
  };
};

const sizes = {
  EXACT_ONE: 'exact',
  ONE_QUALIFIED: 'qualified',
  N_CANDIDATES: 'several',
  NONE_PROVEN: 'none',
  NONE_UNKNOWN: 'none',
  REFUSED: 'none',
} as const;
