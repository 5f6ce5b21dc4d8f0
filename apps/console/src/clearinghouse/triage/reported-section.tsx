import type { ReportBody } from '@tutela/clearinghouse-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Facts, Section, Time } from '../../design/index.js';
import { textIn, told } from './told.js';

/** Who reported what and when, in the reporter's words. */
export const ReportedSection = ({ body: { summary, report: document } }: { readonly body: ReportBody }) => {
  const { say } = useTongue();
  const report = told(document);
  const incident = told(report.incidentSummary);
  const people = Array.isArray(report.personOrUserReported) ? report.personOrUserReported.map(told) : [];
  return (
    <Section title={say('clearinghouse.report.reported')}>
      <Facts
        facts={[
          { name: say('clearinghouse.report.organisation'), value: summary.organisation },
          { name: say('clearinghouse.report.service'), value: textIn(incident.platform) },
          { name: say('clearinghouse.report.type'), value: summary.incidentType, form: 'wide' },
          {
            name: say('clearinghouse.report.incident-at'),
            value: (
              <>
                <Time at={textIn(incident.incidentDateTime)} /> {textIn(incident.incidentDateTimeDescription)}
              </>
            ),
            form: 'wide',
          },
          { name: say('clearinghouse.report.finished'), value: <Time at={summary.endedAt} />, form: 'wide' },
          {
            name: say('clearinghouse.report.escalation'),
            value: textIn(incident.escalateToHighPriority),
            form: 'wide',
          },
          {
            name: say('clearinghouse.report.accounts'),
            value: people
              .map((person) =>
                [person.espIdentifier, person.screenName].filter((one) => textIn(one) !== null).join(' · '),
              )
              .join('; '),
            form: 'wide',
          },
          { name: say('clearinghouse.report.more'), value: textIn(report.additionalInfo), form: 'wide' },
        ]}
      />
    </Section>
  );
};
