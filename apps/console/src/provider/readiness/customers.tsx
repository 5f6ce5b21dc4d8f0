import { barY, gridY, ruleY } from '@observablehq/plot';
import type { ExporterReadiness } from '@tutela/provider-desk/api';
import { useMemo } from 'react';
import { useTongue } from '../../app/tongue.js';
import { DataTable, Plot, Section } from '../../design/index.js';

/** How many addresses had so many customers in the day; `counts` is one number an address. */
const histogram = (
  counts: readonly number[],
): readonly { readonly customers: string; readonly addresses: number }[] => {
  const most = counts.reduce((highest, count) => Math.max(highest, count), 0);
  const width = Math.max(1, Math.ceil(most / 16));
  const bins = new Map<number, number>();
  for (const count of counts) {
    const bin = Math.floor(Math.max(0, count - 1) / width);
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  return Array.from({ length: most === 0 ? 0 : Math.floor((most - 1) / width) + 1 }, (_, bin) => ({
    customers: width === 1 ? `${bin + 1}` : `${bin * width + 1}–${(bin + 1) * width}`,
    addresses: bins.get(bin) ?? 0,
  }));
};

/** Customers behind one address in the day: without a port, this is among how many a question ends. */
export const Customers = ({
  readiness: { exporter, customersPerAddress },
}: {
  readonly readiness: ExporterReadiness;
}) => {
  const { say, number } = useTongue();
  const bins = useMemo(() => histogram(customersPerAddress.counts), [customersPerAddress]);
  const { marks, options } = useMemo(
    () => ({
      marks: [
        gridY({ stroke: 'var(--line)' }),
        barY(bins, { x: 'customers', y: 'addresses', fill: 'var(--accent)', insetLeft: 1, insetRight: 1 }),
        ruleY([0], { stroke: 'var(--edge)' }),
      ],
      options: {
        height: 220,
        x: { label: null, domain: bins.map(({ customers }) => customers) },
        y: { label: null, zero: true, interval: 1 },
      },
    }),
    [bins],
  );
  const { median, most, counts } = customersPerAddress;
  return (
    <Section title={say('provider.readiness.customers')} about={say('provider.readiness.customers-why')}>
      <Plot label={say('provider.readiness.customers-plot', { exporter })} marks={marks} options={options} />
      <p>{say('provider.readiness.customers-words', { addresses: counts.length, median, most })}</p>
      <DataTable
        caption={say('common.table-of', { what: say('provider.readiness.customers') })}
        rows={bins}
        rowKey={({ customers }) => customers}
        columns={[
          { id: 'customers', header: say('provider.readiness.customers-number'), cell: (row) => row.customers },
          {
            id: 'addresses',
            header: say('provider.readiness.addresses'),
            align: 'end',
            cell: (row) => number(row.addresses),
          },
        ]}
      />
    </Section>
  );
};
