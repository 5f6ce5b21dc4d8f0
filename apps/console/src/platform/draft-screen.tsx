import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTongue } from '../app/tongue.js';
import { Answer, Button, EmptyState, Facts, Field, Page, Section } from '../design/index.js';
import { Completeness } from './completeness.js';
import { DocumentsSent } from './documents-sent.js';
import { type DraftBody, draftQuery } from './report-queries.js';

const route = getRouteApi('/desk/platform/draft');

/** What the next report of an account will say, before it goes: it is filed by itself once all of it is decided. */
export const DraftScreen = () => {
  const { say } = useTongue();
  const { account } = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(account);
  const query = useQuery(draftQuery(account));
  return (
    <Page title={say('platform.draft.title')} about={say('platform.draft.about')}>
      <form
        className="filters draft-account"
        onSubmit={(event) => {
          event.preventDefault();
          void navigate({ search: { account: typed.trim() } });
        }}
      >
        <Field label={say('platform.match.account')} value={typed} onChange={setTyped} type="search" />
        <Button type="submit">{say('platform.draft.show')}</Button>
      </form>
      {account === '' ? (
        <EmptyState title={say('platform.draft.which')}>{say('platform.draft.which-why')}</EmptyState>
      ) : (
        <Answer query={query}>{(draft) => <Draft draft={draft} />}</Answer>
      )}
    </Page>
  );
};

const Draft = ({ draft }: { readonly draft: DraftBody }) => {
  const { say, number } = useTongue();
  const { destination, undecided, confirmed, underWay, documents, account } = draft;
  return (
    <>
      <Section title={say('platform.draft.stands')}>
        <p>
          {destination === null
            ? say('platform.draft.no-destination')
            : confirmed === 0
              ? say('platform.draft.nothing-confirmed')
              : undecided > 0
                ? say('platform.draft.waits', { count: undecided })
                : say('platform.draft.goes')}
        </p>
        {destination === null && <p className="about">{say('platform.draft.no-destination-why')}</p>}
        <Facts
          facts={[
            { name: say('platform.draft.confirmed'), value: number(confirmed) },
            { name: say('platform.draft.undecided'), value: number(undecided) },
            {
              name: say('platform.report.goes-to'),
              value: destination && say(`platform.environment.${destination.environment}`),
            },
            { name: say('platform.draft.signed'), value: destination?.company },
            {
              name: say('platform.draft.under-way'),
              value: underWay && (
                <Link to="/desk/platform/reports/$report" params={{ report: underWay }}>
                  {say('platform.report.title')}
                </Link>
              ),
            },
          ]}
        />
        <p className="actions">
          <Link to="/desk/platform/stacks" search={{ state: 'waiting', account }}>
            {say('platform.draft.decide')}
          </Link>
          <Link to="/desk/platform/reports" search={{ show: 'all', account }}>
            {say('platform.draft.earlier')}
          </Link>
        </p>
      </Section>
      {documents !== null && (
        <>
          <Completeness documents={documents} />
          <DocumentsSent documents={documents} />
        </>
      )}
    </>
  );
};
