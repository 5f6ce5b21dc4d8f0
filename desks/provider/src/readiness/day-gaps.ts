import path from 'node:path';
import { openCoverage, openSegment } from '@tutela/attribution';
import { done, type Outcome, refused, toInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { ExporterGaps } from '../api/coverage.js';
import { keptSegments } from '../queries/segments.js';
import type { PlanDeps } from '../segments/look-up-plan.js';

const dayMs = 86_400_000;

/** Where the log of a day has a gap, and why, by exporter; sessions included. */
export const dayGaps = async (
  deps: Pick<PlanDeps, 'folder'> & { readonly db: Db },
  day: string,
): Promise<Outcome<readonly ExporterGaps[], 'day-not-kept'>> => {
  const segments = await keptSegments(deps.db, [day]);
  if (segments.length === 0) return refused('day-not-kept', `no log of ${day} is kept`);
  const from = Date.parse(`${day}T00:00:00Z`);
  const exporters = [...new Set(segments.map(({ exporter }) => exporter))];
  return done(
    exporters.map((exporter) => {
      const own = segments.filter((segment) => segment.exporter === exporter);
      const headers = own.map(({ file, sha256 }) => {
        const segment = openSegment(path.join(deps.folder, file), { sha256 });
        try {
          return segment.header;
        } finally {
          segment.close();
        }
      });
      const span = { from, to: from + dayMs - 1 };
      const gaps = openCoverage(headers).gaps(span);
      // A gap that reaches over midnight is shown as far as the day goes.
      const within = gaps.map((gap) => ({
        from: instantOf(Math.max(gap.from, span.from)),
        to: instantOf(Math.min(gap.to, span.to)),
        cause: gap.cause,
      }));
      return {
        exporter,
        evidence: headers.every(({ evidence }) => evidence !== 'none') ? ('shown' as const) : ('none' as const),
        gaps: within,
      };
    }),
  );
};

const instantOf = (ms: number): string => toInstant(new Date(ms));
