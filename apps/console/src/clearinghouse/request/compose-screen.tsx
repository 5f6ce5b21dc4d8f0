import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { AuthorityBody } from '@tutela/clearinghouse-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Answer, EmptyState, Page } from '../../design/index.js';
import { authoritiesQuery } from '../referral/queries.js';
import { ComposeForm } from './compose-form.js';
import { beginningQuery } from './queries.js';
import { startDraft } from './start-draft.js';

const route = getRouteApi('/desk/clearinghouse/requests/new');

/** A request abroad is written: preservation first, since what is asked for later may be gone. */
export const ComposeScreen = () => {
  const { say } = useTongue();
  const { kind = 'preservation', ...search } = route.useSearch();
  const beginning = useQuery(beginningQuery(search));
  return (
    <Page
      title={say('clearinghouse.compose.title')}
      about={say('clearinghouse.compose.about')}
      actions={<Link to="/desk/clearinghouse/requests">{say('clearinghouse.request.back')}</Link>}
    >
      <Answer query={useQuery(authoritiesQuery())}>
        {({ authorities }) =>
          authorities.length === 0 ? (
            <EmptyState title={say('clearinghouse.authorities.none')}>
              {say('clearinghouse.authorities.none-why')} <code>tutela authority-registry import</code>
            </EmptyState>
          ) : (
            <Answer query={beginning}>
              {(begun) => (
                <ComposeForm
                  key={`${kind} ${search.under ?? ''} ${search.renews ?? ''} ${search.report ?? ''}`}
                  authorities={authorities.filter(({ standing }) => standing === 'active')}
                  beginning={begun}
                  report={search.report}
                  renews={search.renews}
                  start={{
                    ...startDraft({ ...begun, kind, report: search.report, authority: named(authorities, search) }),
                    preservedBy: search.under ?? '',
                  }}
                />
              )}
            </Answer>
          )
        }
      </Answer>
    </Page>
  );
};

const named = (
  authorities: readonly AuthorityBody[],
  { authority }: { readonly authority?: string },
): AuthorityBody | undefined => authorities.find(({ authorityId }) => authorityId === authority);
