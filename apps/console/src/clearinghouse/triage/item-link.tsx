import { Link } from '@tanstack/react-router';
import type { QueueItem } from '@tutela/clearinghouse-desk/api';
import { useTongue } from '../../app/tongue.js';

type Named = Pick<QueueItem, 'reportNumber' | 'bundleId' | 'bundleKind' | 'reports'>;

/** `Report 1000008`, or `The same picture: 4 reports`. */
const useItemName = () => {
  const { say } = useTongue();
  return ({ reportNumber, bundleKind, reports }: Named): string =>
    reportNumber !== null
      ? say('clearinghouse.item.report', { number: reportNumber })
      : say('clearinghouse.item.bundle', {
          kind: say(`clearinghouse.triage.bundle.${bundleKind ?? 'file'}`),
          reports: say('clearinghouse.triage.bundle.reports', { reports }),
        });
};

export const ItemLink = ({ item }: { readonly item: Named }) => {
  const name = useItemName()(item);
  return item.reportNumber !== null ? (
    <Link to="/desk/clearinghouse/reports/$report" params={{ report: item.reportNumber }}>
      {name}
    </Link>
  ) : (
    <Link to="/desk/clearinghouse/bundles/$bundle" params={{ bundle: item.bundleId ?? '' }}>
      {name}
    </Link>
  );
};
