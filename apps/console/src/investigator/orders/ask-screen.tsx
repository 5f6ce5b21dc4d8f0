import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { PreviewBody } from '@tutela/investigator-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, DataTable, EmptyState, Section, Time, type Tone } from '../../design/index.js';
import { CasePage } from '../case-page.js';
import { DraftOrder } from './draft-order.js';
import { NotAsked } from './not-asked.js';
import { previewQuery } from './queries.js';

const route = getRouteApi('/desk/investigator/cases/$case/ask/$provider');

type Prospect = PreviewBody['observations'][number]['prospect'];

const tones: Readonly<Record<Prospect['kind'], Tone>> = {
  one: 'good',
  'a-number': 'waiting',
  'perhaps-a-number': 'waiting',
};

/** What asking a provider will yield at best, told before anybody asks, and the order to be drafted. */
export const AskScreen = () => {
  const { say, number } = useTongue();
  const { case: caseRef, provider } = route.useParams();
  return (
    <CasePage
      caseRef={caseRef}
      title={say('investigator.ask.title', { provider })}
      about={say('investigator.ask.about')}
    >
      <Section title={say('investigator.prospect.title')} about={say('investigator.prospect.about')}>
        <Answer query={useQuery(previewQuery(caseRef, provider))}>
          {({ observations, sharing, unconfirmed, asked }) =>
            observations.length === 0 ? (
              <>
                {unconfirmed + asked.length === 0 ? (
                  <EmptyState title={say('investigator.prospect.none')}>
                    {say('investigator.prospect.none-why')}
                  </EmptyState>
                ) : (
                  <EmptyState title={say('investigator.prospect.none-left')} />
                )}
                <NotAsked caseRef={caseRef} unconfirmed={unconfirmed} asked={asked} />
              </>
            ) : (
              <>
                <p>
                  {sharing === null
                    ? say('investigator.prospect.sharing-unknown')
                    : say('investigator.prospect.sharing', { count: sharing })}
                </p>
                <DataTable
                  caption={say('investigator.prospect.caption', { count: observations.length })}
                  rows={observations.slice(0, 200)}
                  rowKey={({ observationId }) => observationId}
                  columns={[
                    { id: 'ip', header: say('investigator.address'), cell: ({ ip }) => <code>{ip}</code> },
                    { id: 'port', header: say('investigator.port'), align: 'end', cell: ({ port }) => port },
                    { id: 'at', header: say('investigator.at'), cell: ({ seenFrom }) => <Time at={seenFrom} /> },
                    {
                      id: 'prospect',
                      header: say('investigator.prospect.best'),
                      cell: ({ prospect }) => <Badge tone={tones[prospect.kind]}>{told(prospect)}</Badge>,
                    },
                  ]}
                />
                <NotAsked caseRef={caseRef} unconfirmed={unconfirmed} asked={asked} />
              </>
            )
          }
        </Answer>
      </Section>
      <DraftOrder caseRef={caseRef} provider={provider} />
    </CasePage>
  );

  function told(prospect: Prospect): string {
    if (prospect.kind === 'a-number')
      return say('investigator.prospect.a-number', { count: number(prospect.candidates) });
    if (prospect.kind === 'one') return say(`investigator.prospect.one-${prospect.qualified}`);
    return say(`investigator.prospect.${prospect.kind}`);
  }
};
