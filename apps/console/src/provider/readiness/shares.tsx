import { barX, gridX, ruleX, text } from '@observablehq/plot';
import type { ExporterReadiness } from '@tutela/provider-desk/api';
import { useMemo } from 'react';
import { useTongue } from '../../app/tongue.js';
import { DataTable, Plot, Section } from '../../design/index.js';

type Share = ExporterReadiness['attributable'][number];

/** Half the width of a window, as people say it. */
const errorText = (ms: number): string => (ms < 60_000 ? `± ${ms / 1000} s` : `± ${ms / 60_000} min`);

/** How many moments lead to exactly one customer, as the observer's clock gets worse; with the port and without. */
export const Shares = ({ readiness: { exporter, attributable } }: { readonly readiness: ExporterReadiness }) => {
  const { say, percent } = useTongue();
  const named = ({ port }: Share) => say(`provider.readiness.port-${port}`);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawing follows the numbers and the language
  const { marks, options } = useMemo(() => {
    const bars = attributable.map((share) => ({
      exact: share.exact,
      port: named(share),
      row: `${errorText(share.clockErrorMs)} · ${named(share)}`,
      error: share.clockErrorMs,
      told: percent(share.exact),
    }));
    const rows = bars.toSorted((one, other) => one.error - other.error).map(({ row }) => row);
    return {
      marks: [
        gridX({ stroke: 'var(--line)' }),
        barX(bars, { x: 'exact', y: 'row', fill: 'port', insetTop: 1, insetBottom: 1 }),
        text(bars, {
          x: 'exact',
          y: 'row',
          text: 'told',
          textAnchor: 'start',
          dx: 4,
          fill: 'var(--text)',
        }),
        ruleX([0], { stroke: 'var(--edge)' }),
      ],
      options: {
        height: 40 + rows.length * 24,
        marginLeft: 190,
        marginRight: 70,
        x: { domain: [0, 1], tickFormat: '%', label: null },
        y: { label: null, domain: rows },
        color: { range: ['var(--accent)', 'var(--edge)'] },
      },
    };
  }, [attributable, say]);
  const [first] = attributable.filter(({ port }) => port === 'given');
  const bare = attributable.find(({ port }) => port === 'missing');
  return (
    <Section title={say('provider.readiness.shares')} about={say('provider.readiness.shares-why')}>
      <Plot label={say('provider.readiness.shares-plot', { exporter })} marks={marks} options={options} />
      {first !== undefined && bare !== undefined && (
        <p>{say('provider.readiness.shares-words', { given: percent(first.exact), bare: percent(bare.exact) })}</p>
      )}
      <DataTable
        caption={say('common.table-of', { what: say('provider.readiness.shares') })}
        rows={attributable}
        rowKey={({ port, clockErrorMs }) => `${port} ${clockErrorMs}`}
        columns={[
          { id: 'error', header: say('provider.readiness.error'), cell: (row) => errorText(row.clockErrorMs) },
          { id: 'port', header: say('provider.question.port'), cell: named },
          { id: 'one', header: say('provider.outcome.EXACT_ONE'), align: 'end', cell: (row) => percent(row.exact) },
          {
            id: 'doubt',
            header: say('provider.outcome.ONE_QUALIFIED'),
            align: 'end',
            cell: (row) => percent(row.qualified),
          },
          { id: 'n', header: say('provider.outcome.N_CANDIDATES'), align: 'end', cell: (row) => percent(row.several) },
        ]}
      />
    </Section>
  );
};
