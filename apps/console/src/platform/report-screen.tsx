import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useKeys } from '../app/keys.js';
import { useTongue } from '../app/tongue.js';
import {
  Answer,
  Badge,
  Beside,
  Button,
  ConfirmDialog,
  EmptyState,
  Facts,
  History,
  Page,
  Section,
  Time,
} from '../design/index.js';
import { Completeness } from './completeness.js';
import { DocumentsSent } from './documents-sent.js';
import { type FilingBody, reportQuery, retryReport } from './report-queries.js';
import { standingOf, standingTones } from './report-search.js';

const route = getRouteApi('/desk/platform/reports/$report');

/** One report: its receipt, every request and answer, and letter by letter what it says. */
export const ReportScreen = () => {
  const { say, number } = useTongue();
  const { report: id } = route.useParams();
  const query = useQuery(reportQuery(id));
  const client = useQueryClient();
  const [retrying, setRetrying] = useState<'no' | 'yes'>('no');
  const standing = query.data && standingOf(query.data);
  const may = standing === 'failing' || standing === 'refused';
  useKeys(may ? [{ keys: 'r', label: 'platform.report.retry', run: () => setRetrying('yes') }] : []);
  return (
    <Page
      title={say('platform.report.title')}
      about={say('platform.report.about')}
      actions={
        <Link to="/desk/platform/reports" search={{ show: 'all' }}>
          {say('platform.report.back')}
        </Link>
      }
    >
      <Answer query={query}>
        {(report) => (
          <Beside
            aside={
              <>
                <Section title={say('platform.report.receipt')}>
                  <p>
                    <Badge tone={standingTones[standingOf(report)]}>
                      {say(`platform.reports.show.${standingOf(report)}`)}
                    </Badge>
                  </p>
                  <Facts
                    facts={[
                      { name: say('platform.report.number'), value: report.number },
                      { name: say('platform.match.account'), value: report.account },
                      {
                        name: say('platform.report.goes-to'),
                        value: say(`platform.environment.${report.environment}`),
                      },
                      { name: say('platform.report.files'), value: number(report.files) },
                      { name: say('platform.report.opened'), value: <Time at={report.openedAt} />, form: 'wide' },
                      { name: say('platform.report.finished'), value: <Time at={report.finishedAt} />, form: 'wide' },
                      ...(report.dueAt === null
                        ? []
                        : ([
                            { name: say('platform.report.due'), value: <Time at={report.dueAt} />, form: 'wide' },
                          ] as const)),
                      { name: say('platform.report.answer'), value: report.reason, form: 'wide' },
                    ]}
                  />
                  {may && (
                    <Button onPress={() => setRetrying('yes')} keyHint="r">
                      {say('platform.report.retry')}
                    </Button>
                  )}
                </Section>
                <Section title={say('common.history')} about={say('platform.report.history-about')}>
                  <Steps report={report} />
                </Section>
              </>
            }
          >
            {report.documents === null ? (
              <EmptyState title={say('platform.draft.no-destination')}>
                {say('platform.draft.no-destination-why')}
              </EmptyState>
            ) : (
              <>
                <Completeness documents={report.documents} />
                <DocumentsSent documents={report.documents} />
              </>
            )}
          </Beside>
        )}
      </Answer>
      {retrying === 'yes' && (
        <ConfirmDialog
          title={say('platform.report.ask-retry')}
          confirm={say('platform.report.retry')}
          onClose={() => setRetrying('no')}
          onConfirm={async (reason) => {
            await retryReport(id, reason);
            await client.invalidateQueries({ queryKey: ['platform'] });
          }}
        >
          <p>{say('platform.report.then-retry')}</p>
        </ConfirmDialog>
      )}
    </Page>
  );
};

const Steps = ({ report }: { readonly report: FilingBody }) => {
  const { say } = useTongue();
  return (
    <History
      events={report.steps.map(({ ordinal, attempt, act, phase, at, kind, code, httpStatus, requestId }) => ({
        id: String(ordinal),
        at,
        actor: say('platform.report.attempt', { attempt }),
        what: `${say(`platform.act.${act}`)}: ${phase === 'intent' ? say('platform.act.sent') : say('platform.act.answered')}`,
        ...(phase === 'answer' && {
          detail: [kind, code, httpStatus === null ? null : `HTTP ${httpStatus}`, requestId]
            .filter((part) => part !== null)
            .join(' · '),
        }),
      }))}
    />
  );
};
