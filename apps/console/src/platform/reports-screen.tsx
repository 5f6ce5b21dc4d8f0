import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../app/tongue.js';
import { Badge, useColumns } from '../design/index.js';
import { QueuePage } from './queue-page.js';
import { type FilingRow, readReports } from './report-queries.js';
import { reportShows, standingOf, standingTones } from './report-search.js';
import { StateFilter } from './state-filter.js';

const route = getRouteApi('/desk/platform/reports');

/** The ledger of submissions: every report, its receipt, and what the clearinghouse last said. */
export const ReportsScreen = () => {
  const { say } = useTongue();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const columns = useColumns<FilingRow>();
  return (
    <QueuePage<FilingRow>
      of="reports"
      filters={
        <StateFilter
          value={search.show}
          onChange={(show) => void navigate({ search: (was) => ({ ...was, show }) })}
          states={reportShows.map((value) => ({ value, label: say(`platform.reports.show.${value}`) }))}
        />
      }
      search={search}
      read={readReports(search)}
      rowKey={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: '/desk/platform/reports/$report', params: { report: id } })}
      columns={[
        {
          id: 'state',
          header: say('platform.matches.state'),
          width: '8rem',
          cell: (row) => (
            <Badge tone={standingTones[standingOf(row)]}>{say(`platform.reports.show.${standingOf(row)}`)}</Badge>
          ),
        },
        columns.text('number', say('platform.report.number'), (row) => row.number, '5.5rem'),
        columns.text('account', say('platform.match.account'), (row) => row.account),
        columns.count('files', say('platform.report.files'), (row) => row.files, '3.5rem'),
        columns.moment('opened', say('platform.report.opened'), (row) => row.openedAt),
        columns.moment('finished', say('platform.report.finished'), (row) => row.finishedAt),
        columns.text('reason', say('platform.report.answer'), (row) => row.reason),
      ]}
    />
  );
};
