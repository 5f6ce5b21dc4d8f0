import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Beside, Page, Section } from '../../design/index.js';
import { RoutingSection } from '../referral/routing-section.js';
import { BelongsSection } from './belongs-section.js';
import { ClaimSection } from './claim-section.js';
import { useFactWords } from './fact-words.js';
import { LabelActs } from './label-section.js';
import { LocationSection } from './location-section.js';
import { judgedQuery, labelReport, reportQuery } from './queries.js';
import { ReportFile } from './report-file.js';
import { ReportedSection } from './reported-section.js';
import { Scores } from './scores.js';
import { labelTones, laneTones } from './tones.js';
import { TriageHistory } from './triage-history.js';

const route = getRouteApi('/desk/clearinghouse/reports/$report');

/** One report: why it stands where it does, where it points, what belongs to it, and the decision beside it. */
export const ReportScreen = () => {
  const { say } = useTongue();
  const words = useFactWords();
  const { report: number } = route.useParams();
  const report = useQuery(reportQuery(number));
  const judged = useQuery(judgedQuery(number));
  return (
    <Page
      title={say('clearinghouse.item.report', { number })}
      about={say('clearinghouse.report.about')}
      actions={
        <>
          <Link to="/desk/clearinghouse/requests/new" search={{ report: number }}>
            {say('clearinghouse.compose.from-report')}
          </Link>
          <Link to="/desk/clearinghouse/triage" search={{ state: 'waiting' }}>
            {say('clearinghouse.report.back')}
          </Link>
        </>
      }
    >
      <Beside
        aside={
          <Answer query={judged}>
            {(item) => (
              <>
                <Section title={say('clearinghouse.report.decision')}>
                  <p>
                    <Badge tone={laneTones[item.standing.lane]}>
                      {say(`clearinghouse.triage.lane.${item.standing.lane}`)}
                    </Badge>
                  </p>
                  <p>
                    <Badge tone={labelTones[item.standing.label]}>
                      {say(`clearinghouse.triage.label.${item.standing.label}`)}
                    </Badge>{' '}
                    {words.reason(item.standing.labelReason)}
                  </p>
                  <p className="about">
                    {say(`clearinghouse.triage.origin.${item.standing.labelOrigin}`)}
                    {item.standing.labelOrigin !== 'policy' && ` · ${item.standing.labelledBy}`}
                  </p>
                  <LabelActs
                    label={item.standing.label}
                    onLabel={(label, reason) => labelReport(number, label, reason)}
                  />
                  <ClaimSection item={item.shownIn} />
                </Section>
                <RoutingSection report={number} />
                <TriageHistory events={item.history} />
              </>
            )}
          </Answer>
        }
      >
        <Answer query={report}>{(body) => <ReportedSection body={body} />}</Answer>
        <Answer query={judged}>
          {({ judgements: [newest], ...item }) => (
            <>
              {newest !== undefined && <Scores judged={newest} />}
              <BelongsSection judged={{ ...item, judgements: [] }} />
            </>
          )}
        </Answer>
        <Answer query={report}>
          {({ location, files }) => (
            <>
              <LocationSection location={location} />
              {files.map((file, nth) => (
                <ReportFile key={file.fileId} report={number} file={file} space={nth === 0 ? 'held' : 'free'} />
              ))}
            </>
          )}
        </Answer>
      </Beside>
    </Page>
  );
};
