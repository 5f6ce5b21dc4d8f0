import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTongue } from '../app/tongue.js';
import { Answer, EmptyState, Facts, Page, Section, Time } from '../design/index.js';
import { listsQuery } from './queries.js';

/** What uploads are compared with: how old each list is, what it holds, and what its matches came to. */
export const ListsScreen = () => {
  const { say, number, percent } = useTongue();
  return (
    <Page title={say('platform.lists.title')} about={say('platform.lists.about')}>
      <Answer query={useQuery(listsQuery)}>
        {({ lists }) =>
          lists.length === 0 ? (
            <EmptyState title={say('platform.lists.none')}>{say('platform.lists.none-why')}</EmptyState>
          ) : (
            lists.map((list) => {
              const decided = list.confirmed + list.dismissed;
              return (
                <Section
                  key={list.name}
                  title={list.name}
                  actions={
                    <Link to="/desk/platform/stacks" search={{ state: 'all', list: list.name }}>
                      {say('platform.lists.stacks')}
                    </Link>
                  }
                >
                  <Facts
                    facts={[
                      { name: say('platform.lists.imported'), value: <Time at={list.importedAt} />, form: 'wide' },
                      { name: say('platform.lists.versions'), value: number(list.versions) },
                      ...(['sha256', 'sha1', 'md5', 'pdq'] as const).map((kind) => ({
                        name: kind.toUpperCase(),
                        value: number(list.hashes[kind]),
                      })),
                      { name: say('platform.lists.refused'), value: number(list.refused) },
                      { name: say('platform.lists.doubled'), value: number(list.doubled) },
                      { name: say('platform.lists.flagged'), value: number(list.flagged) },
                      { name: say('platform.lists.matches'), value: number(list.matches) },
                      { name: say('platform.state.confirmed'), value: number(list.confirmed) },
                      { name: say('platform.state.dismissed'), value: number(list.dismissed) },
                      {
                        name: say('platform.lists.wrong'),
                        value: decided === 0 ? null : percent(list.dismissed / decided),
                      },
                      { name: say('platform.lists.last-match'), value: <Time at={list.lastMatchAt} />, form: 'wide' },
                      { name: say('platform.lists.source'), value: list.sourceName, form: 'wide' },
                      { name: 'SHA-256', value: list.sourceSha256, form: 'code' },
                    ]}
                  />
                </Section>
              );
            })
          )
        }
      </Answer>
    </Page>
  );
};
