import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, DataTable, EmptyState, Field, Page } from '../../design/index.js';
import { authoritiesQuery } from './queries.js';

/** Who gets the reports of which country, by which way, and where each row comes from. */
export const AuthoritiesScreen = () => {
  const { say, country, list, language } = useTongue();
  const [wanted, setWanted] = useState('');
  const query = useQuery(authoritiesQuery());
  const holds = (text: string) => text.toLowerCase().includes(wanted.trim().toLowerCase());
  return (
    <Page title={say('clearinghouse.authorities.title')} about={say('clearinghouse.authorities.about')}>
      <Answer query={query}>
        {({ authorities }) =>
          authorities.length === 0 ? (
            <EmptyState title={say('clearinghouse.authorities.none')}>
              {say('clearinghouse.authorities.none-why')} <code>tutela authority-registry import</code>
            </EmptyState>
          ) : (
            <>
              <div className="filters">
                <Field
                  label={say('clearinghouse.authorities.find')}
                  type="search"
                  value={wanted}
                  onChange={setWanted}
                />
              </div>
              <DataTable
                caption={say('clearinghouse.authorities.title')}
                rows={authorities
                  .filter((one) => holds(`${one.name} ${one.authorityId} ${country(one.country)}`))
                  .toSorted((one, other) => country(one.country).localeCompare(country(other.country), language))}
                rowKey={({ authorityId }) => authorityId}
                columns={[
                  { id: 'country', header: say('common.map.country'), cell: (row) => country(row.country) },
                  {
                    id: 'name',
                    header: say('clearinghouse.referral.authority'),
                    cell: ({ name, authorityId }) => (
                      <Link to="/desk/clearinghouse/referrals" search={{ authority: authorityId, state: 'all' }}>
                        {name}
                      </Link>
                    ),
                  },
                  {
                    id: 'takes',
                    header: say('clearinghouse.authority.takes'),
                    cell: ({ takes }) => say(`clearinghouse.authority.takes.${takes}`),
                  },
                  {
                    id: 'channel',
                    header: say('clearinghouse.authority.channel'),
                    cell: ({ channel }) => say(`clearinghouse.authority.channel.${channel}`),
                  },
                  {
                    id: 'languages',
                    header: say('clearinghouse.authority.languages'),
                    cell: ({ languages }) => languages.join(', '),
                  },
                  {
                    id: 'instruments',
                    header: say('clearinghouse.authority.instruments'),
                    cell: ({ instruments }) =>
                      list(instruments.map((one) => say(`clearinghouse.authority.instrument.${one}`))),
                  },
                  {
                    id: 'standing',
                    header: say('clearinghouse.filter.state'),
                    cell: ({ standing }) => (
                      <Badge tone={standing === 'active' ? 'good' : 'neutral'}>
                        {say(`clearinghouse.authority.standing.${standing}`)}
                      </Badge>
                    ),
                  },
                  {
                    id: 'source',
                    header: say('clearinghouse.authority.source'),
                    cell: ({ source, sourceDate }) => `${source}, ${sourceDate}`,
                  },
                ]}
              />
            </>
          )
        }
      </Answer>
    </Page>
  );
};
