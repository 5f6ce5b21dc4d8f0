import { Link } from '@tanstack/react-router';
import type { ReportItemBody } from '@tutela/clearinghouse-desk/api';
import { useTongue } from '../../app/tongue.js';
import { EmptyState, Section, Time } from '../../design/index.js';

/** Duplicates, and earlier reports of the same account. */
export const BelongsSection = ({ judged: { bundles, earlierReports } }: { readonly judged: ReportItemBody }) => {
  const { say } = useTongue();
  return (
    <Section title={say('clearinghouse.report.belongs')}>
      {bundles.length === 0 && earlierReports.length === 0 && <EmptyState title={say('clearinghouse.report.alone')} />}
      {bundles.map(({ bundleId, kind, members, joinedAt, leftAt, dissolvedAt }) => (
        <p key={bundleId}>
          <Link to="/desk/clearinghouse/bundles/$bundle" params={{ bundle: bundleId }}>
            {say('clearinghouse.item.bundle', {
              kind: say(`clearinghouse.triage.bundle.${kind}`),
              reports: say('clearinghouse.triage.bundle.reports', { reports: members }),
            })}
          </Link>{' '}
          <span className="about">
            {leftAt !== null
              ? say('clearinghouse.bundle.removed')
              : dissolvedAt !== null
                ? say('clearinghouse.bundle.dissolved')
                : say('clearinghouse.bundle.since')}{' '}
            <Time at={leftAt ?? dissolvedAt ?? joinedAt} />
          </span>
        </p>
      ))}
      {earlierReports.length > 0 && (
        <>
          <h3>{say('clearinghouse.report.earlier')}</h3>
          <p className="ways">
            {earlierReports.map((number) => (
              <Link key={number} to="/desk/clearinghouse/reports/$report" params={{ report: number }}>
                {number}
              </Link>
            ))}
          </p>
        </>
      )}
    </Section>
  );
};
