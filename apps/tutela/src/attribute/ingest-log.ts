import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import {
  type CoverageFact,
  dayOf,
  type HoldingRules,
  holdingsOf,
  isLogRecord,
  type LeaseInterval,
  type LogFormat,
  type OpaqueTag,
  openPairing,
  openSegment,
  openSegmentBuilder,
  readLog,
  type SegmentFacts,
  type SegmentReader,
  type SourceDeclaration,
  tzVersion,
} from '@tutela/attribution';
import { dayMs } from './parameters.js';

export interface LogToIngest {
  readonly log: Iterable<Uint8Array>;
  readonly format: LogFormat;
  readonly declaration: SourceDeclaration;
  /** Whole UTC days; the device starts, holding nothing, at the first moment. */
  readonly from: number;
  readonly days: number;
  readonly clockErrorMs: number;
  readonly holderOf: (interval: LeaseInterval) => OpaqueTag | undefined;
  /** Folder of the segments and of the unfinished work. */
  readonly folder: string;
  readonly records: 'resident' | 'on-disk';
  readonly signal: AbortSignal;
  /** Records read so far. */
  readonly onProgress: (records: number) => void;
}

export interface IngestedLog {
  readonly segments: readonly SegmentReader[];
  readonly lines: number;
  readonly rejected: number;
  readonly bytes: number;
  readonly intervals: number;
}

const rowsInMemory = 1_000_000;

/** From the bytes of a log to one segment a day: what is held at once and one chunk of rows are in memory, no more. */
export const ingestLog = async (input: LogToIngest): Promise<IngestedLog> => {
  const { from, days, folder, format, declaration } = input;
  const periods = Array.from({ length: days }, (_, day) => dayOf(from + day * dayMs));
  const builders = periods.map((period, day) =>
    openSegmentBuilder({
      work: path.join(folder, `${day}.work`),
      target: path.join(folder, `${day}.segment`),
      keys: 'ipv4',
      destinations: 'discarded',
      period,
      rowsPerChunk: Math.ceil(rowsInMemory / days),
    }),
  );
  const rules = periods.map((period): HoldingRules => ({ period, keyOf, holderOf: input.holderOf }));
  const placeOf = (at: number): number => Math.max(0, Math.min(days - 1, Math.floor((at - from) / dayMs)));
  const coverage: CoverageFact[][] = periods.map(() => []);
  const pairing = openPairing({ heartbeatMs: undefined, ends: 'logged' });
  let intervals = 0;
  const store = (): void => {
    const taken = pairing.take();
    intervals += taken.intervals.length;
    for (const interval of taken.intervals) {
      const last = placeOf(interval.endLatest ?? Number.MAX_SAFE_INTEGER);
      for (let day = placeOf(interval.startEarliest ?? from); day <= last; day++) {
        for (const holding of holdingsOf(interval, rules[day]!)) builders[day]!.add(holding);
      }
    }
    for (const fact of taken.facts) keep(fact);
  };
  const keep = (fact: CoverageFact): void => {
    const [first, last] = spanOf(fact);
    for (let day = placeOf(first); day <= placeOf(last); day++) coverage[day]!.push(fact);
  };
  let latest = from;
  let tally = { lines: 0, rejected: 0, bytes: 0, records: 0 };
  for await (const { items, tally: counted } of readLog(input.log, { format, declaration })) {
    input.signal.throwIfAborted();
    for (const item of items) {
      if (isLogRecord(item)) latest = item.tDevice;
      else keep(item);
      if (isLogRecord(item) || item.kind === 'restart') pairing.add(item);
    }
    store();
    tally = counted;
    input.onProgress(tally.records);
    // The log comes without waiting for anything: timers and signals get their turn here.
    await turn();
  }
  pairing.end();
  store();
  const segments = builders.map((builder, day) => {
    const received = receivedOf(periods[day]!, latest);
    const facts = { ...factsOf(input), received, coverage: coverage[day]! };
    return openSegment(builder.finish(facts).path, { records: input.records });
  });
  const { lines, rejected, bytes } = tally;
  return { segments, lines, rejected, bytes, intervals };
};

const keyOf = ({ outside }: LeaseInterval) => ({ kind: 'ipv4', value: outside!.ip4 }) as const;

/** What comes after the last line may have been lost with its number. */
const receivedOf = ({ from, to }: { readonly from: number; readonly to: number }, latest: number) =>
  latest < from ? [] : [{ from, to: Math.min(to, latest) }];

const factsOf = ({ declaration, format, clockErrorMs }: LogToIngest): Omit<SegmentFacts, 'received' | 'coverage'> => ({
  exporter: declaration.exporter,
  inputs: [],
  parsers: [`${format.name}@${format.version}`],
  tzVersion,
  clockErrorMs,
  ports: 'one-holder',
  inbound: 'logged',
  evidence: 'sequence',
  opening: 'carried',
});

const spanOf = (fact: CoverageFact): readonly [number, number] => {
  if (fact.kind === 'hourly-count') return [fact.hour, fact.hour];
  return 'at' in fact ? [fact.at, fact.at] : [fact.from, fact.to];
};
