import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { UsersBody } from '@tutela/investigator-desk/api';
import { useTongue } from '../../app/tongue.js';
import {
  Answer,
  Button,
  CountryMap,
  DataTable,
  EmptyState,
  Facts,
  Section,
  ShortCode,
  Time,
} from '../../design/index.js';
import { CasePage } from '../case-page.js';
import { usersQuery } from './queries.js';

const route = getRouteApi('/desk/investigator/cases/$case/users');

/** Where the users of a seized service were, by the country of their addresses: a map, its table, whom to ask there. */
export const UsersScreen = () => {
  const { say } = useTongue();
  const { case: caseRef } = route.useParams();
  return (
    <CasePage caseRef={caseRef} title={say('investigator.users.title')} about={say('investigator.users.about')}>
      <Answer query={useQuery(usersQuery(caseRef))}>
        {(users) =>
          users.rate.accesses === 0 ? (
            <EmptyState title={say('investigator.users.none')}>
              {say('investigator.users.none-why')} <code>tutela service import {caseRef}</code>
            </EmptyState>
          ) : (
            <Users {...users} />
          )
        }
      </Answer>
    </CasePage>
  );
};

const countryOf = (country: string): string | null => (country === 'unknown' ? null : country);

const Users = (users: UsersBody) => {
  const { say, number, percent } = useTongue();
  const navigate = route.useNavigate();
  const { country: chosen } = route.useSearch();
  const of = new Map(users.countries.map((one) => [countryOf(one.country), one]));
  const choose = (country: string) => void navigate({ search: { country } });
  return (
    <>
      <Section title={say('investigator.users.placed')} about={say('investigator.users.placed-about')}>
        <Facts
          facts={[
            { name: say('investigator.accounts.title'), value: number(users.accounts) },
            { name: say('investigator.users.accesses'), value: number(users.rate.accesses) },
            {
              name: say('investigator.users.rate'),
              value: say('investigator.users.rate-of', {
                placed: number(users.rate.placed),
                rate: percent(users.rate.placed / users.rate.accesses),
              }),
            },
            ...users.data.map(({ name, date, sha256 }) => ({
              name: say('investigator.users.data'),
              value: (
                <>
                  {say('investigator.users.data-of', { name, date })} <ShortCode code={sha256} />
                </>
              ),
              form: 'wide' as const,
            })),
          ]}
        />
      </Section>
      <Section title={say('investigator.users.by-country')} about={say('investigator.users.overlap')}>
        <CountryMap
          label={say('investigator.users.map')}
          counts={users.countries.map(({ country, accounts }) => ({ country: countryOf(country), count: accounts }))}
          onOpen={choose}
          columns={[
            {
              id: 'accesses',
              header: say('investigator.users.accesses'),
              align: 'end',
              cell: ({ country }) => number(of.get(country)?.accesses ?? 0),
            },
            {
              id: 'rate',
              header: say('investigator.users.accesses-share'),
              align: 'end',
              cell: ({ country }) => percent((of.get(country)?.accesses ?? 0) / users.rate.accesses),
            },
            {
              id: 'disputed',
              header: say('investigator.users.disputed'),
              align: 'end',
              cell: ({ country }) => number(of.get(country)?.disputed ?? 0),
            },
          ]}
        />
      </Section>
      <Providers users={users} chosen={chosen} />
    </>
  );
};

const Providers = ({ users, chosen }: { readonly users: UsersBody; readonly chosen: string | undefined }) => {
  const { say, number, country: nameOf } = useTongue();
  const navigate = route.useNavigate();
  const rows = users.countries
    .filter(({ country }) => chosen === undefined || country === chosen)
    .flatMap(({ country, providers }) => providers.map((provider) => ({ ...provider, country })));
  const unknown = (text: string) => (text === 'unknown' ? say('investigator.users.holder-unknown') : text);
  return (
    <Section
      title={
        chosen === undefined
          ? say('investigator.users.providers')
          : say('investigator.users.providers-in', { country: nameOf(chosen) })
      }
      about={say('investigator.users.providers-about')}
      actions={
        chosen !== undefined && (
          <Button kind="quiet" onPress={() => void navigate({ search: {} })}>
            {say('investigator.users.all-countries')}
          </Button>
        )
      }
    >
      <DataTable
        caption={say('investigator.users.providers-caption')}
        rows={rows}
        rowKey={({ country, holder }) => `${country} ${holder}`}
        columns={[
          {
            id: 'country',
            header: say('common.map.country'),
            cell: ({ country }) => (country === 'unknown' ? say('common.map.unknown') : nameOf(country)),
          },
          {
            id: 'holder',
            header: say('investigator.users.holder'),
            cell: ({ known, holder }) => known?.name ?? unknown(holder),
          },
          { id: 'contact', header: say('investigator.users.contact'), cell: ({ known }) => known?.contact },
          {
            id: 'accounts',
            header: say('investigator.accounts.title'),
            align: 'end',
            cell: ({ accounts }) => number(accounts),
          },
          {
            id: 'accesses',
            header: say('investigator.users.accesses'),
            align: 'end',
            cell: ({ accesses }) => number(accesses),
          },
          { id: 'first', header: say('investigator.first'), cell: ({ firstAt }) => <Time at={firstAt} /> },
          { id: 'last', header: say('investigator.last'), cell: ({ lastAt }) => <Time at={lastAt} /> },
        ]}
      />
    </Section>
  );
};
