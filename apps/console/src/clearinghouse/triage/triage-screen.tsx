import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { QueueItem } from '@tutela/clearinghouse-desk/api';
import { useKeys } from '../../app/keys.js';
import { useTongue } from '../../app/tongue.js';
import { EmptyState, Page, QueueTable } from '../../design/index.js';
import { FirstItem } from './first-item.js';
import { firstQuery, readQueue } from './queries.js';
import { useQueueColumns } from './queue-columns.js';
import { TriageFilters } from './triage-filters.js';

const route = getRouteApi('/desk/clearinghouse/triage');

/** What was reported, in the order in which it is handled; the first one with its reason in words. */
export const TriageScreen = () => {
  const { say } = useTongue();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const columns = useQueueColumns();
  const { data } = useQuery(firstQuery(search));
  const first = data?.rows[0];
  const open = ({ reportNumber, bundleId }: QueueItem) =>
    reportNumber !== null
      ? void navigate({ to: '/desk/clearinghouse/reports/$report', params: { report: reportNumber } })
      : void navigate({ to: '/desk/clearinghouse/bundles/$bundle', params: { bundle: bundleId ?? '' } });
  useKeys(first === undefined ? [] : [{ keys: 'f', label: 'clearinghouse.first.open', run: () => open(first) }]);
  return (
    <Page
      height="full"
      title={say('clearinghouse.triage.title')}
      about={say('clearinghouse.triage.about')}
      actions={<TriageFilters search={search} onChange={(next) => void navigate({ search: next })} />}
    >
      {first !== undefined && <FirstItem item={first} total={data?.total ?? 1} />}
      <QueueTable<QueueItem>
        key={JSON.stringify(search)}
        label={say('clearinghouse.triage.title')}
        queryKey={['clearinghouse', 'triage', search]}
        read={readQueue(search)}
        rowKey={({ item }) => item}
        onOpen={open}
        columns={columns}
        empty={<EmptyState title={say('clearinghouse.triage.none')}>{say('clearinghouse.triage.none-why')}</EmptyState>}
      />
    </Page>
  );
};
