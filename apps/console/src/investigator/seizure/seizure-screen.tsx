import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Answer, EmptyState, Facts, Section } from '../../design/index.js';
import { archiveCountsQuery } from '../archives/queries.js';
import { CasePage } from '../case-page.js';
import { KnownFiles } from './known-files.js';
import { PassView } from './pass-view.js';
import { seizureQuery } from './queries.js';
import { StorageView } from './storage-view.js';

const route = getRouteApi('/desk/investigator/cases/$case/seizure');

/** How far the reading of what was seized has come, source by source, and what stays shut. */
export const SeizureScreen = () => {
  const { say } = useTongue();
  const { case: caseRef } = route.useParams();
  const query = useQuery(seizureQuery(caseRef));
  return (
    <CasePage caseRef={caseRef} title={say('investigator.seizure.title')} about={say('investigator.seizure.about')}>
      <Answer query={query}>
        {({ sources }) =>
          sources.length === 0 ? (
            <EmptyState title={say('investigator.seizure.none')}>
              {say('investigator.seizure.none-why')} <code>tutela seize add {caseRef}</code>
            </EmptyState>
          ) : (
            <>
              {sources.map((one) => (
                <PassView key={one.source.sourceId} {...one} />
              ))}
              <Shut caseRef={caseRef} />
              <KnownFiles caseRef={caseRef} />
              <StorageView caseRef={caseRef} />
            </>
          )
        }
      </Answer>
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
