import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Answer, Button, EmptyState, Facts, Section } from '../../design/index.js';
import { archiveCountsQuery } from '../archives/queries.js';
import { CasePage } from '../case-page.js';
import { caseQuery } from '../case-queries.js';
import { AddSourceDialog } from './add-source-dialog.js';
import { KnownFiles } from './known-files.js';
import { Looks } from './looks.js';
import { PassView } from './pass-view.js';
import { seizureQuery } from './queries.js';
import { StorageView } from './storage-view.js';

const route = getRouteApi('/desk/investigator/cases/$case/seizure');

/** How far the reading of what was seized has come, source by source, and what stays shut. */
export const SeizureScreen = () => {
  const { say } = useTongue();
  const { case: caseRef } = route.useParams();
  const query = useQuery(seizureQuery(caseRef));
  const file = useQuery(caseQuery(caseRef)).data;
  const [asking, setAsking] = useState<'nothing' | 'source'>('nothing');
  const exhibits = file?.exhibits ?? [];
  const add = file?.case.closedAt === null && exhibits.length > 0 && (
    <Button onPress={() => setAsking('source')}>{say('investigator.add-source.title')}</Button>
  );
  return (
    <CasePage
      caseRef={caseRef}
      title={say('investigator.seizure.title')}
      about={say('investigator.seizure.about')}
      actions={query.data !== undefined && query.data.sources.length > 0 && add}
    >
      <Answer query={query}>
        {({ sources }) =>
          sources.length === 0 ? (
            <EmptyState
              title={say('investigator.seizure.none')}
              action={
                file !== undefined && exhibits.length === 0 ? (
                  <Link to="/desk/investigator/cases/$case" params={{ case: caseRef }} search={{ tab: 'exhibits' }}>
                    {say('investigator.add-source.exhibit-first')}
                  </Link>
                ) : (
                  add
                )
              }
            >
              {say('investigator.seizure.none-why')}
            </EmptyState>
          ) : (
            <>
              {sources.map((one) => (
                <PassView key={one.source.sourceId} {...one} />
              ))}
              <Shut caseRef={caseRef} />
              <Looks caseRef={caseRef} />
              <KnownFiles caseRef={caseRef} />
              <StorageView caseRef={caseRef} />
            </>
          )
        }
      </Answer>
      {asking === 'source' && (
        <AddSourceDialog caseRef={caseRef} exhibits={exhibits} onClose={() => setAsking('nothing')} />
      )}
    </CasePage>
  );
};

/** What no forecast may hide: archives that nobody has got into. */
const Shut = ({ caseRef }: { readonly caseRef: string }) => {
  const { say, number, bytes } = useTongue();
  return (
    <Section
      title={say('investigator.shut.title')}
      about={say('investigator.shut.about')}
      actions={
        <Link to="/desk/investigator/cases/$case/archives" params={{ case: caseRef }}>
          {say('investigator.archives.title')}
        </Link>
      }
    >
      <Answer query={useQuery(archiveCountsQuery(caseRef))}>
        {({ counts }) => {
          const groups = {
            open: counts.filter(({ state }) => state === 'opened' || state === 'unlocked' || state === 'open-able'),
            locked: counts.filter(({ state }) => state === 'locked' || state === 'exhausted' || state === 'sealed'),
            limit: counts.filter(({ state }) => state === 'limit'),
            other: counts.filter(({ state }) => ['undecidable', 'damaged', 'unsupported'].includes(state)),
          };
          return (
            <Facts
              facts={(['open', 'locked', 'limit', 'other'] as const).map((name) => ({
                name: say(`investigator.shut.${name}`),
                value: say('investigator.shut.amount', {
                  archives: number(groups[name].reduce((sum, one) => sum + one.archives, 0)),
                  bytes: bytes(groups[name].reduce((sum, one) => sum + one.bytes, 0)),
                }),
              }))}
            />
          );
        }}
      </Answer>
    </Section>
  );
};
