import { toInstant } from '@tutela/core';
import type { SeizureDeps } from './deps.js';
import { type Forecast, forecastOf } from './forecast.js';
import { countHoldings, countUnits, doneSince, type Holdings, type UnitCounts } from './queries/progress.js';
import { latestPass, listSources, type PassRow, type SourceRow } from './queries/sources.js';

/** A source with its newest pass. */
export interface SourceStatus {
  readonly source: SourceRow;
  readonly pass: PassStatus | undefined;
}

export interface PassStatus {
  readonly pass: PassRow;
  readonly counts: UnitCounts;
  readonly forecast: Forecast;
}

export interface SeizureStatus {
  readonly sources: readonly SourceStatus[];
  readonly storage: Storage;
}

export interface Storage extends Holdings {
  readonly duplicateFiles: number;
  readonly duplicateBytes: number;
}

/** The rate is that of the last so long. */
const windowSeconds = 600;

export const readPassStatus = async ({ db, clock }: SeizureDeps, pass: PassRow): Promise<PassStatus> => {
  const now = Date.parse(pass.finished_at ?? clock.now());
  const since = Math.max(Date.parse(pass.started_at), now - windowSeconds * 1000);
  const [counts, lately] = await Promise.all([
    countUnits(db, pass.pass_id),
    doneSince(db, pass.pass_id, toInstant(new Date(since))),
  ]);
  return { pass, counts, forecast: forecastOf(counts, lately, (now - since) / 1000) };
};

/** What is held of a case, how far its sources are read, and how long that takes. */
export const readSeizureStatus = async (deps: SeizureDeps, caseRef: string): Promise<SeizureStatus> => {
  const sources = await listSources(deps.db, caseRef);
  const statuses: SourceStatus[] = [];
  for (const source of sources) {
    const pass = await latestPass(deps.db, source.source_id);
    statuses.push({ source, pass: pass && (await readPassStatus(deps, pass)) });
  }
  const held = await countHoldings(deps.db, caseRef);
  return {
    sources: statuses,
    storage: {
      ...held,
      duplicateFiles: held.files - held.distinctFiles,
      duplicateBytes: held.bytes - held.distinctBytes,
    },
  };
};
