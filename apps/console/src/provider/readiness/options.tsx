import type { ExporterReadiness } from '@tutela/provider-desk/api';
import { useTongue } from '../../app/tongue.js';
import { DataTable, Section } from '../../design/index.js';

/** What would change: what each way of sharing addresses would keep of everybody, and what it could answer. */
export const Options = ({ readiness: { options } }: { readonly readiness: ExporterReadiness }) => {
  const { say, percent, bytes, list } = useTongue();
  const share = (of: number | undefined) => (of === undefined ? say('provider.readiness.not-told') : percent(of));
  return (
    <Section title={say('provider.readiness.change')} about={say('provider.readiness.change-why')}>
      <DataTable
        caption={say('common.table-of', { what: say('provider.readiness.change') })}
        rows={options}
        rowKey={({ technology }) => technology}
        columns={[
          {
            id: 'technology',
            header: say('provider.readiness.technology'),
            cell: ({ technology }) => (
              <>
                <strong>{say(`provider.technology.${technology}`)}</strong>
                <p className="about">{say(`provider.technology-why.${technology}`)}</p>
              </>
            ),
          },
          {
            id: 'bytes',
            header: say('provider.readiness.kept'),
            align: 'end',
            cell: (row) => bytes(Math.round(row.bytesPerSubscriberDay)),
          },
          {
            id: 'asks',
            header: say('provider.readiness.asks'),
            cell: ({ asks }) =>
              asks.length === 0
                ? say('provider.readiness.asks-nothing')
                : list(asks.map((what) => say(`provider.readiness.asks-${what}`))),
          },
          {
            id: 'logged',
            header: say('provider.readiness.connections'),
            cell: (row) => say(`provider.readiness.${row.connections}`),
          },
          {
            id: 'given',
            header: say('provider.readiness.port-given'),
            align: 'end',
            cell: (row) => share(row.attributable.withPort),
          },
          {
            id: 'missing',
            header: say('provider.readiness.port-missing'),
            align: 'end',
            cell: (row) => share(row.attributable.withoutPort),
          },
        ]}
      />
    </Section>
  );
};
