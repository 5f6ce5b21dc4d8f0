import { z } from 'zod';
import { withDuckDb } from './parquet.js';
import { selectHours, selectStatistics } from './queries.js';

const three = z.tuple([z.number(), z.number(), z.number()]);
const statisticsRow = z.tuple([z.number(), z.number(), z.number(), three, z.tuple([...three.def.items, z.number()])]);
const hourRow = z.tuple([z.number(), z.number(), z.number()]);

/** Of all records of some Parquet files. Quantiles are the 10th, 50th and 90th per cent. */
export interface ArchiveStatistics {
  readonly holdings: number;
  readonly holders: number;
  readonly keys: number;
  readonly holdingMs: { readonly p10: number; readonly p50: number; readonly p90: number };
  readonly holdersPerKey: { readonly p10: number; readonly p50: number; readonly p90: number; readonly most: number };
  /** `hour` is its first millisecond; holdings that began in it, holders that held something in it. */
  readonly hours: readonly { readonly hour: number; readonly began: number; readonly holders: number }[];
}

/** Counts over archived segments of any number; nothing in it is about one holder. */
export const archiveStatistics = (files: readonly string[]): Promise<ArchiveStatistics> =>
  withDuckDb(async (connection) => {
    const [holdings, holders, keys, lengths, sharing] = statisticsRow.parse(await selectStatistics(connection, files));
    const hours = z.array(hourRow).parse(await selectHours(connection, files));
    return {
      holdings,
      holders,
      keys,
      holdingMs: { p10: lengths[0], p50: lengths[1], p90: lengths[2] },
      holdersPerKey: { p10: sharing[0], p50: sharing[1], p90: sharing[2], most: sharing[3] },
      hours: hours.map(([hour, began, active]) => ({ hour, began, holders: active })),
    };
  });
