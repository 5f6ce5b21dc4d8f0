import { useQuery } from '@tanstack/react-query';
import type { ReportBody } from '@tutela/clearinghouse-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Facts, Section, Time } from '../../design/index.js';
import { Picture } from '../../wellness/index.js';
import { ProposeFile } from '../list/propose-file.js';
import { OpenFile } from './open-file.js';
import { fileAt, gateQuery } from './queries.js';
import { told } from './told.js';

type File = ReportBody['files'][number];

/** What is known of a file, why it may be looked at, and the file itself where it may. */
export const ReportFile = ({
  report,
  file,
  space,
}: {
  readonly report: string;
  readonly file: File;
  readonly space: 'held' | 'free';
}) => {
  const { say, bytes } = useTongue();
  const at = fileAt(report, file.fileId);
  const gate = useQuery(gateQuery(at));
  const uploaded = told(file.details).uploadedToEspTimestamp;
  return (
    <Section title={file.name}>
      <Facts
        facts={[
          { name: say('clearinghouse.file.size'), value: bytes(file.size) },
          {
            name: say('clearinghouse.file.uploaded'),
            value: typeof uploaded === 'string' ? <Time at={uploaded} /> : null,
            form: 'wide',
          },
          { name: 'SHA-256', value: file.sha256, form: 'code' },
        ]}
      />
      <Answer query={gate}>
        {({ viewedByReporter, gate: state, openings }) => (
          <>
            <p>
              <Badge tone={state === 'open' ? 'good' : 'alarm'}>{say(`clearinghouse.gate.${state}`)}</Badge>{' '}
              {say(
                `clearinghouse.gate.because-${state === 'open' && viewedByReporter !== 'viewed' ? 'basis' : viewedByReporter}`,
              )}
            </p>
            {openings.map((one) => (
              <p key={one.openingId} className="about">
                {say(`clearinghouse.gate.basis.${one.basis}`)} {one.reference} · {one.statement} · {one.recordedBy} ·{' '}
                <Time at={one.recordedAt} />
              </p>
            ))}
            {state === 'open' ? (
              <>
                <Picture
                  at={at}
                  name={file.name}
                  reason={say('clearinghouse.file.look-reason', { report })}
                  space={space}
                  key={at}
                />
                <ProposeFile report={report} fileId={file.fileId} />
              </>
            ) : (
              <OpenFile at={at} />
            )}
          </>
        )}
      </Answer>
    </Section>
  );
};
