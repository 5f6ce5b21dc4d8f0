import { useQuery } from '@tanstack/react-query';
import type { CountryCountBody } from '@tutela/clearinghouse-desk/api';
import { read } from '../../app/api.js';
import { useSession } from '../../app/session.js';
import { useTongue } from '../../app/tongue.js';
import { Select } from '../../design/index.js';
import { labels, lanes } from './tones.js';
import { readTriageSearch, type TriageSearch, triageStates } from './triage-search.js';

const countriesQuery = {
  queryKey: ['clearinghouse', 'countries'],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
    read<{ readonly countries: readonly CountryCountBody[] }>('/clearinghouse/routings/by-country', { signal }),
};

/** All of it stands in the address. */
export const TriageFilters = ({
  search,
  onChange,
}: {
  readonly search: TriageSearch;
  readonly onChange: (search: TriageSearch) => void;
}) => {
  const { say, country } = useTongue();
  const { person } = useSession();
  const { data } = useQuery(countriesQuery);
  const set = (name: keyof TriageSearch) => (value: string) =>
    onChange(readTriageSearch({ ...search, [name]: value === 'any' ? undefined : value }));
  const any = { value: 'any', label: say('clearinghouse.filter.any') };
  const known = (data?.countries ?? []).map((row) => row.country).filter((code) => code !== 'ZZ');
  const chosen = search.country !== undefined && search.country !== 'unknown' ? [search.country] : [];
  const countries = [...new Set([...chosen, ...known])].map((value) => ({ value, label: country(value) }));
  const people = [...new Set([...(person === null ? [] : [person]), ...(search.claimed ? [search.claimed] : [])])];
  return (
    <div className="filters">
      <Select
        label={say('clearinghouse.filter.state')}
        labelPlace="inside"
        value={search.state}
        onChange={set('state')}
        options={triageStates.map((value) => ({ value, label: say(`clearinghouse.filter.state-${value}`) }))}
      />
      <Select
        label={say('clearinghouse.column.lane')}
        labelPlace="inside"
        value={search.lane ?? 'any'}
        onChange={set('lane')}
        options={[any, ...lanes.map((value) => ({ value, label: say(`clearinghouse.lane.short.${value}`) }))]}
      />
      <Select
        label={say('clearinghouse.column.label')}
        labelPlace="inside"
        value={search.label ?? 'any'}
        onChange={set('label')}
        options={[any, ...labels.map((value) => ({ value, label: say(`clearinghouse.triage.label.${value}`) }))]}
      />
      <Select
        label={say('common.map.country')}
        labelPlace="inside"
        value={search.country ?? 'any'}
        onChange={set('country')}
        options={[any, { value: 'unknown', label: say('common.map.unknown') }, ...countries]}
      />
      <Select
        label={say('clearinghouse.column.claimed')}
        labelPlace="inside"
        value={search.claimed ?? 'any'}
        onChange={set('claimed')}
        options={[
          any,
          { value: 'nobody', label: say('clearinghouse.filter.nobody') },
          { value: 'somebody', label: say('clearinghouse.filter.somebody') },
          ...people.filter((one) => one !== 'nobody' && one !== 'somebody').map((value) => ({ value, label: value })),
        ]}
      />
    </div>
  );
};
