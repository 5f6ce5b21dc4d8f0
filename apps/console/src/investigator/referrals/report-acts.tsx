import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Button } from '../../design/index.js';
import { OpenCaseDialog } from '../case/open-case-dialog.js';
import { LinkToCaseDialog } from './link-to-case-dialog.js';

export interface ReportActsProps {
  readonly reportId: string;
  readonly reportNumber: string;
}

/** What makes a case of a report. */
export const ReportActs = (report: ReportActsProps) => {
  const { say } = useTongue();
  const [asking, setAsking] = useState<'nothing' | 'open' | 'link'>('nothing');
  const close = () => setAsking('nothing');
  return (
    <>
      <Button onPress={() => setAsking('link')}>{say('investigator.referral.link')}</Button>
      <Button kind="main" onPress={() => setAsking('open')}>
        {say('investigator.referral.open')}
      </Button>
      {asking === 'open' && <OpenCaseDialog reportId={report.reportId} onClose={close} />}
      {asking === 'link' && <LinkToCaseDialog {...report} onClose={close} />}
    </>
  );
};
