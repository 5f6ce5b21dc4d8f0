import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { AnswerOutcome } from '@tutela/attribution';
import { type Carrier, type LogFaults, portBlockCarrier, type Random, randomFrom } from '@tutela/testkit';
import { askTutela, seen } from './ask-tutela.js';
import { anyMoment } from './known-truth.js';
import { naiveAnswer } from './naive-tool.js';
import { dayMs, logStart, pool } from './parameters.js';
import { openProviderLog, type ProviderLog } from './provider-log.js';

/** What randomised questions to logs with faults came to. */
export interface TruthCount {
  readonly questions: number;
  readonly logs: number;
  readonly outcomes: Readonly<Record<AnswerOutcome, number>>;
  /** Persons named, and nobody where somebody was, that the truth contradicts. */
  readonly wrong: number;
  readonly provenNobodyWrong: number;
  /** Of the qualified answers, which are withheld: those that would have been another. */
  readonly qualifiedWrong: number;
  /** The nearest within ±300 s, as other tools answer. */
  readonly naive: { readonly named: number; readonly wrong: number };
}

const questionsOfLog = 10_000;
const days = 4;
const naiveWithinMs = 300_000;

/**
 * Asks at random moments of logs with gaps, resets, wrong clocks, overlapping allocations and lost lines; each log has
 * its own mixture. The observer's clock errs by no more than it says, and so does the device's.
 */
export const askKnownTruth = async (
  deps: { readonly signal: AbortSignal; readonly folder: string; readonly onProgress: (questions: number) => void },
  { questions, seed }: { readonly questions: number; readonly seed: number },
): Promise<TruthCount> => {
  const outcomes = { EXACT_ONE: 0, ONE_QUALIFIED: 0, N_CANDIDATES: 0, NONE_PROVEN: 0, NONE_UNKNOWN: 0, REFUSED: 0 };
  const count = { wrong: 0, provenNobodyWrong: 0, qualifiedWrong: 0, naiveNamed: 0, naiveWrong: 0 };
  const askOne = ({ carrier, truth, tagOf, plan, segments }: ProviderLog, random: Random): void => {
    const { fromMs, toMs } = carrier.process;
    const moment = anyMoment(random, carrier, fromMs + 120_000, toMs - 120_000);
    const holders = truth(moment.ip, moment.port, moment.at).map(tagOf);
    const errorMs = [200, 2000, 60_000][Math.floor(random() * 3)]!;
    const precisionMs = random() < 0.5 ? 1 : 1000;
    const stamped = Math.round(moment.at + (2 * random() - 1) * errorMs);
    const at = Math.floor(stamped / precisionMs) * precisionMs;
    const { outcome, named, namedIfQualified } = askTutela(plan, seen({ ...moment, at }, { errorMs, precisionMs }));
    outcomes[outcome]++;
    const alone = holders.length === 1 ? holders[0] : undefined;
    if (named !== 'nobody' && named !== alone) count.wrong++;
    if (outcome === 'NONE_PROVEN' && holders.length > 0) count.provenNobodyWrong++;
    const qualified = named === 'nobody' ? namedIfQualified : 'nobody';
    if (qualified !== 'nobody' && qualified !== alone) count.qualifiedWrong++;
    const [nearest] = naiveAnswer(segments, { ...moment, at, withinMs: naiveWithinMs });
    if (nearest === undefined) return;
    count.naiveNamed++;
    if (nearest !== alone) count.naiveWrong++;
  };
  const logs = Math.ceil(questions / questionsOfLog);
  let asked = 0;
  for (let number = 0; number < logs; number++) {
    const folder = path.join(deps.folder, `truth-${number}`);
    mkdirSync(folder);
    const random = randomFrom(seed + 1000 + number);
    const { carrier, faults, skewMs } = faultyCarrier(seed + number, random);
    const log = await openProviderLog(
      { signal: deps.signal, onProgress: () => {} },
      { carrier, kind: 'junos-blocks', faults, clockErrorMs: Math.abs(skewMs), folder, records: 'resident' },
    );
    for (let left = Math.min(questionsOfLog, questions - asked); left > 0; left--, asked++) askOne(log, random);
    log.close();
    rmSync(folder, { recursive: true });
    deps.signal.throwIfAborted();
    deps.onProgress(asked);
  }
  const { naiveNamed, naiveWrong, ...counted } = count;
  return { questions: asked, logs, outcomes, ...counted, naive: { named: naiveNamed, wrong: naiveWrong } };
};

/** Every mixture of faults comes up again and again. */
const faultyCarrier = (
  seed: number,
  random: Random,
): { readonly carrier: Carrier; readonly faults: LogFaults; readonly skewMs: number } => {
  const whole = portBlockCarrier({ seed, addresses: 3, days, fromMs: logStart, firstAddress: pool.value });
  const carrier: Carrier = {
    ...whole,
    slotsPerAddress: 40,
    process: {
      ...whole.process,
      holds: 'exponential',
      gaps: 'exponential',
      meanHoldMs: 7_200_000,
      meanFreeMs: 600_000,
      holdDownMs: seed % 2 === 0 ? 0 : 120_000,
      customers: 40,
    },
  };
  const within = (): number => Math.floor(logStart + random() * days * dayMs);
  const skewMs = [0, 1500, -5000][seed % 3]!;
  const gaps = Array.from({ length: seed % 2 === 0 ? 12 : 2 }, () => {
    const from = within();
    return { from, to: from + random() * 1_800_000 };
  });
  const faults: LogFaults = {
    seed,
    lostReleases: seed % 4 === 0 ? 0.03 : 0,
    lostAllocs: seed % 4 === 1 ? 0.03 : 0,
    gaps,
    resets: seed % 5 === 0 ? [within(), within(), within()] : [],
    skewMs,
    overlaps: seed % 3 === 0 ? 0.05 : 0,
  };
  return { carrier, faults, skewMs };
};
