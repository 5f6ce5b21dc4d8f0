import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Badge, Dialog, EmptyState, Facts, QueueTable, Section, Time } from '../../design/index.js';
import { readSegments, type SegmentRow } from '../queries.js';

/** What is kept and what went, newest day first; the certificate of what was deleted. */
export const Segments = () => {
  const { say, number, percent, bytes } = useTongue();
  const [open, setOpen] = useState<SegmentRow>();
  return (
    <Section title={say('provider.log.segments')} about={say('provider.segment.about')}>
      <div className="provider-segments">
        <QueueTable<SegmentRow>
          label={say('provider.log.segments')}
          queryKey={['provider', 'segments']}
          read={readSegments}
          rowKey={({ sha256 }) => sha256}
          onOpen={setOpen}
          empty={<EmptyState title={say('provider.coverage.none')}>{say('provider.coverage.none-why')}</EmptyState>}
          columns={[
            { id: 'day', header: say('provider.segment.day'), width: '8rem', cell: (row) => row.day },
            { id: 'exporter', header: say('provider.source.exporter'), cell: (row) => row.exporter },
            {
              id: 'records',
              header: say('provider.segment.records'),
              align: 'end',
              cell: (row) => number(row.records),
            },
            { id: 'bytes', header: say('provider.segment.bytes'), align: 'end', cell: (row) => bytes(row.bytes) },
            {
              id: 'share',
              header: say('provider.coverage.share'),
              align: 'end',
              cell: (row) => percent(row.coveredShare),
            },
            {
              id: 'until',
              header: say('provider.segment.until'),
              width: '13rem',
              cell: (row) => <Time at={row.retainUntil} />,
            },
            {
              id: 'kept',
              header: say('provider.segment.state'),
              width: '9rem',
              cell: (row) => (
                <Badge tone={row.deletedAt === null ? 'good' : 'neutral'}>
                  {say(row.deletedAt === null ? 'provider.segment.kept' : 'provider.segment.deleted')}
                </Badge>
              ),
            },
          ]}
        />
      </div>
      {open !== undefined && (
        <Dialog title={`${open.exporter} · ${open.day}`} onClose={() => setOpen(undefined)}>
          <Facts
            facts={[
              { name: 'SHA-256', value: open.sha256, form: 'code' },
              { name: say('provider.segment.gaps'), value: number(open.gaps) },
              { name: say('provider.segment.until'), value: <Time at={open.retainUntil} /> },
              { name: say('provider.segment.deleted'), value: <Time at={open.deletedAt} /> },
              { name: say('provider.segment.certificate'), value: open.certificate, form: 'code' },
            ]}
          />
        </Dialog>
      )}
    </Section>
  );
};
