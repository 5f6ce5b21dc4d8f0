import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useKeys } from '../../app/keys.js';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Button, DataTable, EmptyState, MoreRows, Page, Time } from '../../design/index.js';
import { casesQuery } from '../case-queries.js';
import { OpenCaseDialog } from './open-case-dialog.js';

/** Every case of the unit, newest first, and the way to open one. */
export const CasesScreen = () => {
  const { say, number } = useTongue();
  const query = useInfiniteQuery(casesQuery);
  const [asking, setAsking] = useState<'nothing' | 'new-case'>('nothing');
  const ask = () => setAsking('new-case');
  useKeys([{ keys: 'n', label: 'investigator.cases.open', run: ask }]);
  return (
    <Page
      title={say('investigator.cases.title')}
      about={say('investigator.cases.about')}
      actions={
        <Button kind="main" onPress={ask} keyHint="n">
          {say('investigator.cases.open')}
        </Button>
      }
    >
      <Answer query={query}>
        {({ pages }) => {
          const cases = pages.flatMap((page) => page.cases);
          if (cases.length === 0)
            return <EmptyState title={say('investigator.cases.none')}>{say('investigator.cases.none-why')}</EmptyState>;
          return (
            <>
              <DataTable
                caption={say('investigator.cases.caption')}
                rows={cases}
                rowKey={({ caseRef }) => caseRef}
                columns={[
                  {
                    id: 'ref',
                    header: say('investigator.case.ref'),
                    cell: ({ caseRef }) => (
                      <Link to="/desk/investigator/cases/$case" params={{ case: caseRef }}>
                        {caseRef}
                      </Link>
                    ),
                  },
                  { id: 'title', header: say('investigator.case.name'), cell: ({ title }) => title },
                  {
                    id: 'state',
                    header: say('investigator.case.state'),
                    cell: ({ closedAt }) => <CaseState closedAt={closedAt} />,
                  },
                  {
                    id: 'opened',
                    header: say('investigator.case.opened'),
                    cell: ({ openedAt }) => <Time at={openedAt} />,
                  },
                  { id: 'by', header: say('investigator.case.opened-by'), cell: ({ openedBy }) => openedBy },
                  {
                    id: 'reports',
                    header: say('investigator.case.reports'),
                    align: 'end',
                    cell: ({ reports }) => number(reports),
                  },
                  {
                    id: 'exhibits',
                    header: say('investigator.case.exhibits'),
                    align: 'end',
                    cell: ({ exhibits }) => number(exhibits),
                  },
                ]}
              />
              <MoreRows query={query} />
            </>
          );
        }}
      </Answer>
      {asking === 'new-case' && <OpenCaseDialog onClose={() => setAsking('nothing')} />}
    </Page>
  );
};

export const CaseState = ({ closedAt }: { readonly closedAt: string | null }) => {
  const { say } = useTongue();
  return (
    <Badge tone={closedAt === null ? 'accent' : 'neutral'}>
      {say(closedAt === null ? 'investigator.case.is-open' : 'investigator.case.is-closed')}
    </Badge>
  );
};
