import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CaseFileBody } from '@tutela/investigator-desk/api';
import { useState } from 'react';
import { asProblem, type Problem } from '../../app/problem.js';
import { useTongue } from '../../app/tongue.js';
import {
  Badge,
  Button,
  DataTable,
  EmptyState,
  Facts,
  FailedState,
  Field,
  Section,
  ShortCode,
  Time,
} from '../../design/index.js';
import { linkReport } from '../case-queries.js';
import { CaseRoles } from './case-roles.js';
import { CaseState } from './cases-screen.js';

/** What the case is, what falls due, and the reports it rests on. */
export const CaseFacts = ({ file }: { readonly file: CaseFileBody }) => {
  const { say, list } = useTongue();
  const { case: one, roles } = file;
  return (
    <div className="sections">
      <Section title={say('investigator.case.tab-file')}>
        <Facts
          facts={[
            { name: say('investigator.case.ref'), value: one.caseRef },
            { name: say('investigator.case.state'), value: <CaseState closedAt={one.closedAt} /> },
            {
              name: say('investigator.case.my-roles'),
              value:
                roles.length === 0
                  ? say('investigator.case.no-role')
                  : list(roles.map((role) => say(`investigator.role.${role}`))),
            },
            { name: say('investigator.case.opened-by'), value: one.openedBy },
            { name: say('investigator.case.opened'), value: <Time at={one.openedAt} />, form: 'wide' },
            ...(one.closedAt === null
              ? []
              : [
                  { name: say('investigator.case.closed'), value: <Time at={one.closedAt} /> },
                  { name: say('investigator.case.closed-because'), value: one.closedBecause, form: 'wide' as const },
                ]),
          ]}
        />
      </Section>
      <Deadlines deadlines={file.deadlines} />
      <Reports file={file} />
      <CaseRoles caseRef={one.caseRef} own={roles} />
    </div>
  );
};

const Deadlines = ({ deadlines }: Pick<CaseFileBody, 'deadlines'>) => {
  const { say, away } = useTongue();
  const now = new Date();
  return (
    <Section title={say('investigator.deadlines.title')} about={say('investigator.deadlines.about')}>
      {deadlines.length === 0 ? (
        <EmptyState title={say('investigator.deadlines.none')}>{say('investigator.deadlines.none-why')}</EmptyState>
      ) : (
        <DataTable
          caption={say('investigator.deadlines.caption')}
          rows={deadlines}
          rowKey={({ authority, kind }) => `${authority} ${kind}`}
          columns={[
            {
              id: 'state',
              header: say('investigator.case.state'),
              cell: ({ state }) => (
                <Badge tone={state === 'overdue' ? 'alarm' : 'waiting'}>{say(`investigator.deadline.${state}`)}</Badge>
              ),
            },
            {
              id: 'kind',
              header: say('investigator.deadlines.what'),
              cell: ({ kind }) => say(`investigator.due.${kind}`),
            },
            { id: 'away', header: say('investigator.deadlines.away'), cell: ({ at }) => away(at, now) },
            { id: 'at', header: say('investigator.deadlines.at'), cell: ({ at }) => <Time at={at} /> },
            {
              id: 'authority',
              header: say('investigator.authority'),
              cell: ({ authority }) => <ShortCode code={authority} />,
            },
          ]}
        />
      )}
    </Section>
  );
};

const Reports = ({ file: { reports, case: one } }: { readonly file: CaseFileBody }) => {
  const { say } = useTongue();
  return (
    <Section title={say('investigator.reports.title')} about={say('investigator.reports.about')}>
      {reports.length === 0 ? (
        <EmptyState title={say('investigator.reports.none')}>{say('investigator.reports.none-why')}</EmptyState>
      ) : (
        <DataTable
          caption={say('investigator.reports.caption')}
          rows={reports}
          rowKey={({ reportId }) => reportId}
          columns={[
            {
              id: 'number',
              header: say('investigator.reports.number'),
              cell: ({ reportId, reportNumber }) => (
                <Link to="/desk/investigator/referrals/$report" params={{ report: reportId }}>
                  {reportNumber}
                </Link>
              ),
            },
            { id: 'esp', header: say('investigator.reports.provider'), cell: ({ espName }) => espName },
            { id: 'at', header: say('investigator.reports.linked'), cell: ({ linkedAt }) => <Time at={linkedAt} /> },
            { id: 'by', header: say('investigator.by'), cell: ({ linkedBy }) => linkedBy },
            {
              id: 'sha',
              header: 'SHA-256',
              cell: ({ documentSha256 }) => <ShortCode code={documentSha256} />,
            },
            {
              id: 'addresses',
              header: say('investigator.groups.next'),
              cell: ({ reportId, reportNumber }) => (
                <Link
                  to="/desk/investigator/cases/$case/reports/$report/addresses"
                  params={{ case: one.caseRef, report: reportId }}
                  aria-label={say('investigator.addresses.from-report-of', { number: reportNumber })}
                >
                  {say('investigator.addresses.from-report')}
                </Link>
              ),
            },
          ]}
        />
      )}
      {one.closedAt === null && <LinkReport caseRef={one.caseRef} />}
    </Section>
  );
};

const LinkReport = ({ caseRef }: { readonly caseRef: string }) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const [number, setNumber] = useState('');
  const [state, setState] = useState<'ready' | 'busy' | Problem>('ready');
  const link = async () => {
    setState('busy');
    try {
      await linkReport(caseRef, number.trim());
      setNumber('');
      setState('ready');
      await client.invalidateQueries({ queryKey: ['investigator'] });
    } catch (error) {
      setState(asProblem(error));
    }
  };
  return (
    <>
      {typeof state === 'object' && <FailedState problem={state} />}
      <div className="line-form">
        <Field label={say('investigator.reports.link')} value={number} onChange={setNumber} maxLength={100} />
        <Button
          state={state === 'busy' ? 'busy' : number.trim() === '' ? 'disabled' : 'ready'}
          onPress={() => void link()}
        >
          {say('investigator.reports.link-act')}
        </Button>
      </div>
    </>
  );
};
