import path from 'node:path';
import { commonAssumptions, openSegment, type Readiness, readinessOf } from '@tutela/attribution';
import { done, type Outcome, refused } from '@tutela/core';
import type { Db } from '@tutela/db';
import { keptSegments } from '../queries/segments.js';
import type { SegmentTable } from '../schema.js';
import type { PlanDeps } from '../segments/look-up-plan.js';
import type { DeclaredSource } from '../source/declared-source.js';
import { declaredSources } from '../source/keep-sources.js';

/** Errors of an outside observer's clock: ± so many milliseconds. */
const clockErrorsMs = [0, 1000, 5000, 60_000, 300_000, 900_000] as const;
const moments = 4000;

/** One exporter's day, with what was declared of it that a reader needs. */
export interface ExporterDay {
  readonly readiness: Readiness;
  readonly role: DeclaredSource['role'];
  readonly clockErrorSeconds: DeclaredSource['clockErrorSeconds'];
}

/** A day (`YYYY-MM-DD`, UTC) of every exporter of public addresses. Numbers only; nobody is in it. */
export interface DayReadiness {
  readonly day: string;
  readonly exporters: readonly ExporterDay[];
}

export const dayReadiness = async (
  deps: Pick<PlanDeps, 'folder'> & { readonly db: Db },
  day: string,
): Promise<Outcome<DayReadiness, 'day-not-kept'>> => {
  const sources = (await declaredSources(deps.db)).filter(({ role }) => role.kind !== 'session');
  const segments = await keptSegments(deps.db, [day]);
  const exporters = sources.flatMap((source) =>
    segments
      .filter(({ exporter }) => exporter === source.log.exporter)
      .map((segment) => ({
        readiness: readinessIn(deps.folder, segment),
        role: source.role,
        clockErrorSeconds: source.clockErrorSeconds,
      })),
  );
  return exporters.length === 0
    ? refused('day-not-kept', `no log of public addresses of ${day} is kept`)
    : done({ day, exporters });
};

const readinessIn = (folder: string, { file, sha256 }: SegmentTable): Readiness => {
  const segment = openSegment(path.join(folder, file), { sha256 });
  try {
    return readinessOf(segment, { clockErrorsMs, moments, assumptions: commonAssumptions });
  } finally {
    segment.close();
  }
};
