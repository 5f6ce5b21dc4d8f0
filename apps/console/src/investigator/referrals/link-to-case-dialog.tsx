import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Answer, EmptyState, FormDialog, MoreRows, Select } from '../../design/index.js';
import { casesQuery } from '../case-queries.js';
import { linkReportById } from './queries.js';
import type { ReportActsProps } from './report-acts.js';

/** Puts a report into a case that is open already. */
export const LinkToCaseDialog = ({ reportId, onClose }: ReportActsProps & { readonly onClose: () => void }) => {
  const { say } = useTongue();
  const navigate = useNavigate();
  const client = useQueryClient();
  const query = useInfiniteQuery(casesQuery);
  const open = query.data?.pages.flatMap(({ cases }) => cases).filter(({ closedAt }) => closedAt === null) ?? [];
  const [chosen, setChosen] = useState<string>();
  const caseRef = chosen ?? open[0]?.caseRef;
  return (
    <FormDialog
      title={say('investigator.referral.link')}
      confirm={say('investigator.referral.link')}
      state={caseRef === undefined ? 'incomplete' : 'complete'}
      onClose={onClose}
      onConfirm={async () => {
        if (caseRef === undefined) return;
        await linkReportById(caseRef, reportId);
        await client.invalidateQueries({ queryKey: ['investigator'] });
        await navigate({ to: '/desk/investigator/cases/$case', params: { case: caseRef } });
      }}
    >
      <Answer query={query}>
        {() =>
          caseRef === undefined ? (
            <EmptyState title={say('investigator.referral.link-none')}>
              {say('investigator.referral.link-none-why')}
            </EmptyState>
          ) : (
            <>
              <Select
                label={say('investigator.referral.link-which')}
                value={caseRef}
                onChange={setChosen}
                options={open.map((one) => ({ value: one.caseRef, label: `${one.caseRef} · ${one.title}` }))}
              />
              <MoreRows query={query} />
              <p>{say('investigator.referral.link-then')}</p>
            </>
          )
        }
      </Answer>
    </FormDialog>
  );
};
