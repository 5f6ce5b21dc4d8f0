import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Answer, Button, ConfirmDialog, Tabs } from '../../design/index.js';
import { CasePage } from '../case-page.js';
import { caseQuery, closeCase } from '../case-queries.js';
import { CaseAuthorities } from './case-authorities.js';
import { CaseChronology } from './case-chronology.js';
import { CaseDecisions } from './case-decisions.js';
import { CaseExhibits } from './case-exhibits.js';
import { CaseFacts } from './case-facts.js';
import { CasePersons } from './case-persons.js';
import { type CaseTab, caseTabs } from './case-tabs.js';

const route = getRouteApi('/desk/investigator/cases/$case');

/** A case: its file in tabs, each of which has an address of its own. */
export const CaseScreen = () => {
  const { say } = useTongue();
  const { case: caseRef } = route.useParams();
  const { tab = 'file' } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(caseQuery(caseRef));
  const client = useQueryClient();
  const [asking, setAsking] = useState<'nothing' | 'close'>('nothing');
  const file = query.data;
  return (
    <CasePage
      caseRef={caseRef}
      title={file === undefined ? caseRef : file.case.title}
      about={say('investigator.case.about')}
      actions={
        file?.case.closedAt === null && (
          <Button kind="danger" onPress={() => setAsking('close')}>
            {say('investigator.case.close')}
          </Button>
        )
      }
    >
      <Answer query={query}>
        {(body) => {
          const contents: Readonly<Record<CaseTab, () => React.ReactNode>> = {
            file: () => <CaseFacts file={body} />,
            chronology: () => <CaseChronology caseRef={caseRef} />,
            persons: () => <CasePersons caseRef={caseRef} />,
            exhibits: () => (
              <CaseExhibits
                exhibits={body.exhibits}
                caseRef={caseRef}
                state={body.case.closedAt === null ? 'open' : 'closed'}
              />
            ),
            authorities: () => <CaseAuthorities caseRef={caseRef} />,
            decisions: () => <CaseDecisions caseRef={caseRef} />,
          };
          return (
            <Tabs
              label={say('investigator.case.title')}
              selected={tab}
              onSelect={(chosen) => void navigate({ search: { tab: chosen } })}
              tabs={caseTabs.map((id) => ({
                id,
                title: say(`investigator.case.tab-${id}`),
                content: id === tab ? contents[id]() : null,
              }))}
            />
          );
        }}
      </Answer>
      {asking === 'close' && (
        <ConfirmDialog
          title={say('investigator.case.close-ask', { caseRef })}
          confirm={say('investigator.case.close')}
          kind="danger"
          onClose={() => setAsking('nothing')}
          onConfirm={async (reason) => {
            await closeCase(caseRef, reason);
            await client.invalidateQueries({ queryKey: ['investigator'] });
          }}
        >
          <p>{say('investigator.case.close-then')}</p>
        </ConfirmDialog>
      )}
    </CasePage>
  );
};
