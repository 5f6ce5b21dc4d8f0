import {
  type CoverageFact,
  eachHolding,
  type Holding,
  type HoldingRules,
  holdingsOf,
  openSegment,
  type Paired,
  type SegmentHeader,
  type Span,
} from '@tutela/attribution';

/** Days that an earlier ingest wrote, without what it could only take to be open at its end. */
export interface EarlierDays {
  readonly days: readonly Span[];
  /** Those that something open at its end reached into. */
  readonly touched: readonly Span[];
  /** Holdings of a day that nothing later changes. */
  readonly settled: (day: Span) => Iterable<Holding>;
  readonly header: (day: Span) => Pick<SegmentHeader, 'inputs' | 'parsers' | 'received'> | undefined;
  /** What the segments of these days tell of the log, but for what was only said of its end. */
  readonly coverage: readonly CoverageFact[];
}

interface Earlier {
  readonly rules: Omit<HoldingRules, 'period'>;
  /** What came of the end of that log, as it was put into its segments. */
  readonly provisional: Paired;
}

export const openEarlierDays = (
  { rules, provisional }: Earlier,
  { segments }: { readonly segments: ReadonlyMap<string, string> },
): EarlierDays => {
  const files = new Map(
    [...segments.values()].map((file) => {
      const segment = openSegment(file);
      segment.close();
      return [segment.header.period.from, { file, header: segment.header }] as const;
    }),
  );
  const open = new Map(
    [...files.values()].map(({ header: { period } }) => [
      period.from,
      new Set(
        provisional.intervals.flatMap((interval) => holdingsOf(interval, { ...rules, period })).map(textOfHolding),
      ),
    ]),
  );
  const withdrawn = new Set(provisional.facts.filter(({ kind }) => kind !== 'hourly-count').map(textOfFact));
  const days = [...files.values()].map(({ header }) => header.period);
  return {
    days,
    touched: days.filter(({ from }) => open.get(from)!.size > 0),
    settled: function* ({ from }) {
      const known = files.get(from);
      if (known === undefined) return;
      const segment = openSegment(known.file);
      try {
        for (const holding of eachHolding(segment)) {
          if (!open.get(from)!.has(textOfHolding(holding))) yield holding;
        }
      } finally {
        segment.close();
      }
    },
    header: ({ from }) => files.get(from)?.header,
    // Days beside each other tell the same fault.
    coverage: [
      ...new Map(
        [...files.values()].flatMap(({ header }) => header.coverage).map((fact) => [textOfFact(fact), fact]),
      ).entries(),
    ].flatMap(([text, fact]) => (withdrawn.has(text) ? [] : [fact])),
  };
};

const textOfHolding = ({ key, proto, portFirst, portLast, from, to, holder, destination, mark }: Holding): string => {
  const named = key.kind === 'ipv4' ? key.value : key.kind === 'tag' ? key.tag : key.prefix;
  const place = typeof named === 'object' ? `${named.value}/${named.length}` : named;
  const { certainty, start, end, reach, precisionMs, qualifiers } = mark;
  return [
    [place, proto, portFirst, portLast, from, to, holder, destination],
    [certainty, start, end, reach, precisionMs, [...new Set(qualifiers)].sort().join()],
  ].join('|');
};

const textOfFact = (fact: CoverageFact): string =>
  JSON.stringify(Object.entries(fact).sort(([one], [other]) => (one < other ? -1 : 1)));
