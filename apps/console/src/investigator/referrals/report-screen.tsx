import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Answer, Beside, DataTable, EmptyState, Facts, Page, Section, Time } from '../../design/index.js';
import { HowItCame } from './how-it-came.js';
import { reportQuery } from './queries.js';
import { ReportActs } from './report-acts.js';
import { statedConnections } from './stated-connections.js';

const route = getRouteApi('/desk/investigator/referrals/$report');

/** A report as it was delivered, how it came, and the way into a case. */
export const ReportScreen = () => {
  const { say, number } = useTongue();
  const { report: reportId } = route.useParams();
  const query = useQuery(reportQuery(reportId));
  const title = query.data?.summary.reportNumber ?? '';
  return (
    <Page title={say('investigator.referral.title', { number: title })} about={say('investigator.referral.about')}>
      <Answer query={query}>
        {(report) => {
          const { summary } = report;
          return (
            <Beside aside={<HowItCame reportId={reportId} />}>
              <Section
                title={say('investigator.referral.report')}
                actions={<ReportActs reportId={reportId} reportNumber={summary.reportNumber} />}
              >
                <Facts
                  facts={[
                    { name: say('investigator.reports.provider'), value: summary.esp },
                    { name: say('investigator.referral.incident'), value: summary.incidentType, form: 'wide' },
                    {
                      name: say('investigator.referral.incident-at'),
                      value: <Time at={summary.incidentAt} />,
                      form: 'wide',
                    },
                    {
                      name: say('investigator.referral.received'),
                      value: <Time at={summary.receivedAt} />,
                      form: 'wide',
                    },
                    { name: say('investigator.referral.persons'), value: number(summary.persons) },
                    { name: say('investigator.referral.files'), value: number(summary.files) },
                    { name: 'SHA-256', value: summary.documentSha256, form: 'code' },
                  ]}
                />
              </Section>
              <Connections connections={statedConnections(report)} />
            </Beside>
          );
        }}
      </Answer>
    </Page>
  );
};

const Connections = ({ connections }: { readonly connections: ReturnType<typeof statedConnections> }) => {
  const { say } = useTongue();
  return (
    <Section title={say('investigator.referral.addresses')} about={say('investigator.referral.addresses-about')}>
      {connections.length === 0 ? (
        <EmptyState title={say('investigator.referral.addresses-none')}>
          {say('investigator.referral.addresses-none-why')}
        </EmptyState>
      ) : (
        <DataTable
          caption={say('investigator.addresses.caption')}
          rows={connections}
          rowKey={({ id }) => id}
          columns={[
            {
              id: 'owner',
              header: say('investigator.addresses.place'),
              cell: ({ owner }) => say(`investigator.addresses.owner-${owner}`),
            },
            { id: 'address', header: say('investigator.address'), cell: ({ address }) => <code>{address}</code> },
            { id: 'port', header: say('investigator.port'), align: 'end', cell: ({ port }) => port },
            { id: 'at', header: say('investigator.addresses.stated'), cell: ({ stated }) => stated },
          ]}
        />
      )}
    </Section>
  );
};
