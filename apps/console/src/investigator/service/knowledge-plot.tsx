import { gridY, rectY, ruleY } from '@observablehq/plot';
import type { KnowledgeSummaryBody } from '@tutela/investigator-desk/api';
import { useMemo } from 'react';
import { useTongue } from '../../app/tongue.js';
import { DataTable, Plot } from '../../design/index.js';

type Month = KnowledgeSummaryBody['revenue'][number];

/** What the service was paid, month by month; a month without a payment stays a gap. */
export const KnowledgePlot = ({ revenue }: { readonly revenue: readonly Month[] }) => {
  const { say, number, list } = useTongue();
  const currencies = [...new Set(revenue.map(({ currency }) => currency))];
  const shape = JSON.stringify(revenue);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawing is made anew when what it shows is another
  const [marks, options] = useMemo(() => {
    const bars = revenue.map(({ month, amount, currency }) => ({
      at: new Date(`${month}-01T00:00:00Z`),
      amount: Number(amount),
      currency,
    }));
    return [
      [
        gridY(),
        rectY(bars, { x: 'at', y: 'amount', interval: 'month', fill: 'var(--accent)', insetLeft: 1, insetRight: 1 }),
        ruleY([0]),
      ],
      {
        height: 180,
        marginLeft: 60,
        x: { type: 'utc', label: null },
        y: { label: say('investigator.knowledge.revenue', { currency: list(currencies) }), zero: true },
      },
    ] as const;
  }, [shape, say]);
  return (
    <>
      <Plot label={say('investigator.knowledge.revenue-plot')} marks={marks} options={options} />
      <details>
        <summary>{say('investigator.knowledge.revenue-table')}</summary>
        <DataTable
          caption={say('investigator.knowledge.revenue-table')}
          rows={revenue}
          rowKey={({ month, currency }) => `${month} ${currency}`}
          columns={[
            { id: 'month', header: say('investigator.knowledge.month'), cell: ({ month }) => month },
            {
              id: 'payments',
              header: say('investigator.knowledge.payments'),
              align: 'end',
              cell: ({ payments }) => number(payments),
            },
            {
              id: 'accounts',
              header: say('investigator.accounts.title'),
              align: 'end',
              cell: ({ accounts }) => number(accounts),
            },
            {
              id: 'amount',
              header: say('investigator.knowledge.amount'),
              align: 'end',
              cell: ({ amount, currency }) => `${amount} ${currency}`,
            },
          ]}
        />
      </details>
    </>
  );
};
