import type { CoverageDaysBody } from '@tutela/provider-desk/api';

/** A day of an exporter; `coveredShare` is `null` where nothing is kept of it. */
export interface ShownDay {
  readonly exporter: string;
  readonly day: string;
  readonly coveredShare: number | null;
  readonly gaps: number;
  readonly records: number;
}

const dayMs = 86_400_000;

/** Every day of the period for every exporter, those too of which there is nothing: silence must not look like health. */
export const everyDay = ({ from, to, exporters }: CoverageDaysBody): readonly ShownDay[] =>
  exporters.flatMap(({ exporter, days }) => {
    const kept = new Map(days.map((day) => [day.day, day]));
    const length = Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;
    return Array.from({ length }, (_, nth) => {
      const day = new Date(Date.parse(from) + nth * dayMs).toISOString().slice(0, 10);
      return { exporter, coveredShare: null, gaps: 0, records: 0, ...kept.get(day), day };
    });
  });

export const stateOfDay = ({ coveredShare, gaps }: ShownDay): 'whole' | 'gaps' | 'missing' => {
  if (coveredShare === null) return 'missing';
  return coveredShare === 1 && gaps === 0 ? 'whole' : 'gaps';
};
