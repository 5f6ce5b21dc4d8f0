import type { AttributableShare, Readiness } from '@tutela/attribution';

/** One plot, ready to be drawn by whoever draws: a page as SVG, a PDF as rectangles. */
export interface Plot {
  readonly title: string;
  /** The same in words, for whoever cannot see it. */
  readonly words: string;
  /** Of the vertical axis, from zero. */
  readonly most: number;
  readonly axis: readonly { readonly at: number; readonly label: string }[];
  readonly bars: readonly {
    readonly label: string;
    readonly value: number;
    readonly shade: 'dark' | 'light';
    readonly told: string;
  }[];
}

const percent = (share: number): string => `${(100 * share).toFixed(share > 0.999 && share < 1 ? 2 : 1)} %`;
const shareAxis = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, label: `${100 * at} %` }));

/** Half-width of a window as people say it. */
const errorName = (ms: number): string => (ms < 60_000 ? `± ${ms / 1000} s` : `± ${ms / 60_000} min`);

/** Share of moments at which exactly one customer can be named, by clock error, with port (dark) and without (light). */
export const sharesPlot = ({ attributable }: Readiness): Plot => {
  const of = (port: AttributableShare['port']) => attributable.filter((share) => share.port === port);
  const without = new Map(of('missing').map((share) => [share.clockErrorMs, share]));
  const bars = of('given').flatMap(({ clockErrorMs, exact }) => {
    const bare = without.get(clockErrorMs)?.exact ?? 0;
    const label = errorName(clockErrorMs);
    return [
      { label, value: exact, shade: 'dark' as const, told: percent(exact) },
      { label: '', value: bare, shade: 'light' as const, told: percent(bare) },
    ];
  });
  const [first] = of('given');
  const last = of('given').at(-1);
  return {
    title: 'Exactly one customer, by error of the clock: with port (dark), without (light)',
    words:
      first === undefined || last === undefined
        ? 'Nothing was held that day.'
        : `With port and an exact clock ${percent(first.exact)}, at ${errorName(last.clockErrorMs)} ${percent(last.exact)}; ` +
          `without port ${percent(without.get(first.clockErrorMs)?.exact ?? 0)}.`,
    most: 1,
    axis: shareAxis,
    bars,
  };
};

/** The same hour by hour, with port, at one error of the clock. */
export const hoursPlot = ({ attributable, period }: Readiness, clockErrorMs: number): Plot => {
  const share = attributable.find((one) => one.port === 'given' && one.clockErrorMs === clockErrorMs);
  const byHour = new Map(share?.hours.map((hour) => [hour.hour, hour]));
  const bars = Array.from({ length: 24 }, (_, hour) => {
    const here = byHour.get(period.from + hour * 3_600_000);
    return {
      label: String(hour).padStart(2, '0'),
      value: here?.exact ?? 0,
      shade: 'dark' as const,
      told: here === undefined ? 'nothing held' : percent(here.exact),
    };
  });
  const worst = [...byHour.values()].reduce<number | undefined>(
    (least, { exact }) => Math.min(least ?? 1, exact),
    undefined,
  );
  return {
    title: `Exactly one customer, hour by hour (UTC), with port, ${errorName(clockErrorMs)}`,
    words:
      worst === undefined
        ? 'Nothing was held that day.'
        : `The worst hour has ${percent(worst)}${byHour.size === 24 ? '' : `; in ${24 - byHour.size} hours nothing was held`}.`,
    most: 1,
    axis: shareAxis,
    bars,
  };
};

/** Share of each hour that no gap touches. */
export const coveragePlot = ({ coverage }: Readiness): Plot => ({
  title: 'Log without a gap, hour by hour (UTC)',
  words: `${percent(coverage.share)} of the day; ${coverage.gaps.length} gap${coverage.gaps.length === 1 ? '' : 's'}.`,
  most: 1,
  axis: shareAxis,
  bars: coverage.hours.map(({ coveredMs }, hour) => ({
    label: String(hour).padStart(2, '0'),
    value: coveredMs / 3_600_000,
    shade: 'dark',
    told: percent(coveredMs / 3_600_000),
  })),
});

const steps = 24;

/** Customers behind one address, addresses in order of their number of customers. */
export const customersPlot = ({ customersPerAddress: { counts, median, most } }: Readiness): Plot => {
  const bars = Array.from({ length: Math.min(steps, counts.length) }, (_, step) => {
    const at = Math.floor(((step + 0.5) * counts.length) / Math.min(steps, counts.length));
    const value = counts[at] ?? 0;
    return { label: '', value, shade: 'dark' as const, told: `${value} customers` };
  });
  const top = Math.max(1, most);
  return {
    title: 'Customers behind one address in the day, from the emptiest address to the fullest',
    words: `${counts.length} addresses; half of them with ${median} customers or more, ${most} at most.`,
    most: top,
    axis: [0, 0.5, 1].map((part) => ({ at: part * top, label: String(Math.round(part * top)) })),
    bars,
  };
};
