import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Button, DataTable, EmptyState, MoreRows, Time } from '../../design/index.js';
import { nowhereQuery } from './queries.js';
import { SendDialog } from './send-dialog.js';

/** Reports that went to no authority, and why. */
export const Nowhere = ({ country: of }: { readonly country: string | undefined }) => {
  const { say, sayIfKnown, country } = useTongue();
  const query = useInfiniteQuery(nowhereQuery(of));
  const [sending, setSending] = useState<string>();
  return (
    <>
      <Answer query={query}>
        {({ pages }) => {
          const rows = pages.flatMap(({ routings }) => routings);
          if (rows.length === 0) {
            return (
              <EmptyState title={say('clearinghouse.nowhere.none')}>{say('clearinghouse.nowhere.none-why')}</EmptyState>
            );
          }
          return (
            <>
              <DataTable
                caption={say('clearinghouse.nowhere.caption')}
                rows={rows}
                rowKey={(row) => `${row.reportNumber} ${row.country}`}
                columns={[
                  {
                    id: 'report',
                    header: say('clearinghouse.column.item'),
                    cell: ({ reportNumber }) => (
                      <Link to="/desk/clearinghouse/reports/$report" params={{ report: reportNumber }}>
                        {say('clearinghouse.item.report', { number: reportNumber })}
                      </Link>
                    ),
                  },
                  {
                    id: 'outcome',
                    header: say('clearinghouse.filter.state'),
                    cell: ({ outcome }) => (
                      <Badge tone={outcome === 'unroutable' ? 'alarm' : 'waiting'}>
                        {say(`clearinghouse.routing.${outcome}`)}
                      </Badge>
                    ),
                  },
                  {
                    id: 'reason',
                    header: say('clearinghouse.column.because'),
                    cell: ({ reason }) =>
                      reason === null ? null : (sayIfKnown(`clearinghouse.routing.reason.${reason}`) ?? reason),
                  },
                  {
                    id: 'country',
                    header: say('common.map.country'),
                    cell: (row) => (row.country === 'ZZ' ? say('common.map.unknown') : country(row.country)),
                  },
                  {
                    id: 'label',
                    header: say('clearinghouse.column.label'),
                    cell: ({ label }) => say(`clearinghouse.triage.label.${label}`),
                  },
                  { id: 'at', header: say('clearinghouse.nowhere.at'), cell: ({ routedAt }) => <Time at={routedAt} /> },
                  {
                    id: 'act',
                    header: say('clearinghouse.bundle.act'),
                    cell: ({ reportNumber }) => (
                      <Button
                        label={say('clearinghouse.routing.send-one', { report: reportNumber })}
                        onPress={() => setSending(reportNumber)}
                      >
                        {say('clearinghouse.routing.send')}
                      </Button>
                    ),
                  },
                ]}
              />
              <MoreRows query={query} />
            </>
          );
        }}
      </Answer>
      {sending !== undefined && <SendDialog report={sending} onClose={() => setSending(undefined)} />}
    </>
  );
};
