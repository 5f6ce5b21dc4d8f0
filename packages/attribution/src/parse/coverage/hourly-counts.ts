import type { HourlyCount } from '../../record/coverage-fact.js';
import type { LogRecord, RecordEvent } from '../../record/log-record.js';

const hourMs = 3_600_000;

interface Count {
  readonly exporter: string;
  readonly hour: number;
  readonly events: Record<RecordEvent, number>;
  readonly skew: { records: number; least: number; most: number; sum: number };
}

export interface HourlyCounts {
  readonly add: (record: LogRecord) => void;
  /** The counts since the last call. Counts of the same exporter and hour add up. */
  readonly take: () => readonly HourlyCount[];
}

/** Counts records by exporter and hour, and how far the collector's clock ran behind the device's. */
export const hourlyCounts = (): HourlyCounts => {
  const counts = new Map<string, Count>();
  let current: Count | undefined;
  const countOf = (record: LogRecord): Count => {
    const hour = Math.floor(record.tDevice / hourMs) * hourMs;
    if (current?.hour === hour && current.exporter === record.exporter) return current;
    const key = `${hour} ${record.exporter}`;
    let found = counts.get(key);
    if (found === undefined) {
      found = {
        exporter: record.exporter,
        hour,
        events: { alloc: 0, release: 0, interim: 0, snapshot: 0 },
        skew: { records: 0, least: 0, most: 0, sum: 0 },
      };
      counts.set(key, found);
    }
    current = found;
    return found;
  };
  const add = (record: LogRecord): void => {
    const { events, skew } = countOf(record);
    events[record.event]++;
    if (record.tReceived === undefined) return;
    const late = record.tReceived - record.tDevice;
    skew.least = skew.records === 0 ? late : Math.min(skew.least, late);
    skew.most = skew.records === 0 ? late : Math.max(skew.most, late);
    skew.sum += late;
    skew.records++;
  };
  const take = (): readonly HourlyCount[] => {
    const taken = [...counts.values()].map(
      ({ exporter, hour, events, skew }): HourlyCount => ({
        kind: 'hourly-count',
        exporter,
        hour,
        allocs: events.alloc,
        releases: events.release,
        interims: events.interim,
        snapshots: events.snapshot,
        skew,
      }),
    );
    counts.clear();
    current = undefined;
    return taken;
  };
  return { add, take };
};
