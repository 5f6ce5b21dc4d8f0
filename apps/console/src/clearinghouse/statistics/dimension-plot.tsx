import { axisY, barX, ruleX, text } from '@observablehq/plot';
import type { StatisticsBody } from '@tutela/clearinghouse-desk/api';
import { useMemo } from 'react';
import { useTongue } from '../../app/tongue.js';
import { DataTable, Plot, Section } from '../../design/index.js';

/** One way to count the reports: bars from zero, and the same numbers as a table. What is too few is in the table alone. */
export const DimensionPlot = ({
  dimension,
  counts,
}: {
  readonly dimension: 'incident-type' | 'label' | 'lane' | 'labelled-by' | 'shown-as' | 'files';
  readonly counts: StatisticsBody['counts'];
}) => {
  const { say, sayIfKnown, number } = useTongue();
  const rows = counts.map(({ value, count }) => ({
    value: sayIfKnown(`clearinghouse.statistics.value.${value}`) ?? value,
    count,
  }));
  const drawn = JSON.stringify(rows.filter(({ count }) => typeof count === 'number'));
  const { marks, options } = useMemo(() => {
    const bars = JSON.parse(drawn) as readonly { readonly value: string; readonly count: number }[];
    const sorted = { x: 'count', y: 'value', sort: { y: '-x' } } as const;
    return {
      marks: [
        axisY({ lineWidth: 17, tickSize: 0, label: null }),
        barX(bars, { ...sorted, fill: 'var(--accent)', insetTop: 6, insetBottom: 6 }),
        text(bars, { ...sorted, text: 'count', textAnchor: 'start', dx: 4, fill: 'var(--text)' }),
        ruleX([0], { stroke: 'var(--edge)' }),
      ],
      // High enough for a name of three lines.
      options: {
        height: 16 + bars.length * 44,
        // As wide as the longest name, which breaks at some thirty letters.
        marginLeft: Math.min(230, 16 + 7 * Math.max(...bars.map(({ value }) => value.length), 0)),
        marginRight: 40,
        marginTop: 8,
        marginBottom: 8,
        x: { axis: null, zero: true },
      },
    };
  }, [drawn]);
  const title = say(`clearinghouse.statistics.by.${dimension}`);
  if (rows.length === 0) return null;
  return (
    <Section title={title}>
      <div className="side-by-side">
        {drawn !== '[]' && <Plot label={title} marks={marks} options={options} />}
        <DataTable
          caption={say('common.table-of', { what: title })}
          rows={rows}
          rowKey={({ value }) => value}
          columns={[
            { id: 'value', header: title, cell: ({ value }) => value },
            {
              id: 'count',
              header: say('clearinghouse.statistics.count'),
              align: 'end',
              cell: ({ count }) => (typeof count === 'number' ? number(count) : say('clearinghouse.statistics.few')),
            },
          ]}
        />
      </div>
    </Section>
  );
};
