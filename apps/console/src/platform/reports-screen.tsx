import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../app/tongue.js';
import { Badge, EmptyState, Page, QueueTable, Select, Time } from '../design/index.js';
import { type FilingRow, readReports } from './report-queries.js';
import { reportShows, standingOf, standingTones } from './report-search.js';

const route = getRouteApi('/desk/platform/reports');

/** The ledger of submissions: every report, its receipt, and what the clearinghouse last said. */
export const ReportsScreen = () => {
  const { say, number } = useTongue();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page
      height="full"
      title={say('platform.reports.title')}
      about={say('platform.reports.about')}
      actions={
        <Select
          label={say('platform.matches.state')}
          labelPlace="inside"
          value={search.show}
          onChange={(show) => void navigate({ search: (was) => ({ ...was, show }) })}
          options={reportShows.map((value) => ({ value, label: say(`platform.reports.show.${value}`) }))}
        />
      }
    >
      <QueueTable<FilingRow>
        key={JSON.stringify(search)}
        label={say('platform.reports.title')}
        queryKey={['platform', 'filings', search]}
        read={readReports(search)}
        rowKey={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: '/desk/platform/reports/$report', params: { report: id } })}
        empty={<EmptyState title={say('platform.reports.none')}>{say('platform.reports.none-why')}</EmptyState>}
        columns={[
          {
            id: 'state',
            header: say('platform.matches.state'),
            width: '11rem',
            cell: (row) => (
              <Badge tone={standingTones[standingOf(row)]}>{say(`platform.reports.show.${standingOf(row)}`)}</Badge>
            ),
          },
          { id: 'number', header: say('platform.report.number'), width: '9rem', cell: (row) => row.number },
          { id: 'account', header: say('platform.match.account'), cell: (row) => row.account },
          {
            id: 'files',
            header: say('platform.report.files'),
            width: '5rem',
            align: 'end',
            cell: (row) => number(row.files),
          },
          {
            id: 'opened',
            header: say('platform.report.opened'),
            width: '15rem',
            cell: (row) => <Time at={row.openedAt} />,
          },
          {
            id: 'finished',
            header: say('platform.report.finished'),
            width: '15rem',
            cell: (row) => <Time at={row.finishedAt} />,
          },
          { id: 'reason', header: say('platform.report.answer'), width: '2fr', cell: (row) => row.reason },
        ]}
      />
    </Page>
  );
};
