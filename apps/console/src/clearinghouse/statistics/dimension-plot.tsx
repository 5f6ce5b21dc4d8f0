import { barX } from '@observablehq/plot';
import type { StatisticsBody } from '@tutela/clearinghouse-desk/api';
import { useMemo } from 'react';
import { useTongue } from '../../app/tongue.js';
import { DataTable, Plot, Section } from '../../design/index.js';

// Made once: another object would have it drawn anew.
const options = { marginLeft: 260, y: { label: null }, x: { label: null, zero: true } };

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
  const marks = useMemo(
    () => [barX(JSON.parse(drawn) as object[], { x: 'count', y: 'value', sort: { y: '-x' } })],
    [drawn],
  );
  const title = say(`clearinghouse.statistics.by.${dimension}`);
  if (rows.length === 0) return null;
  return (
    <Section title={title}>
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
    </Section>
  );
};
