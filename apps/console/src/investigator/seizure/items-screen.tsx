import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Badge, Button, Field, Select, type Tone } from '../../design/index.js';
import { CasePage } from '../case-page.js';
import { FilesTable } from './files-table.js';
import { type ItemRow, readItems } from './queries.js';
import { fileClasses, type ItemState, type ItemsSearch, itemStates, readItemsSearch } from './searches.js';

const route = getRouteApi('/desk/investigator/cases/$case/items');

export const itemTones: Readonly<Record<ItemState, Tone>> = {
  digested: 'good',
  unreadable: 'alarm',
  changed: 'waiting',
  'not-a-file': 'neutral',
};

/** Every file of the case that whoever sits here may know of, by windows. */
export const ItemsScreen = () => {
  const { say, bytes, number } = useTongue();
  const { case: caseRef } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <CasePage
      caseRef={caseRef}
      height="full"
      title={say('investigator.items.title')}
      about={say(search.stack === undefined ? 'investigator.items.about' : 'investigator.items.about-stack')}
    >
      <ItemFilters
        key={JSON.stringify(search)}
        search={search}
        onChange={(next) => void navigate({ search: () => readItemsSearch({ ...next }) })}
      />
      <FilesTable<ItemRow>
        caseRef={caseRef}
        of="items"
        search={search}
        read={readItems(caseRef, search)}
        columns={[
          {
            id: 'id',
            header: say('investigator.item.number'),
            width: '6rem',
            align: 'end',
            cell: ({ itemId }) => number(itemId),
          },
          {
            id: 'state',
            header: say('investigator.item.state'),
            width: '9rem',
            cell: ({ state }) => <Badge tone={itemTones[state]}>{say(`investigator.item-state.${state}`)}</Badge>,
          },
          {
            id: 'class',
            header: say('investigator.item.class'),
            width: '7rem',
            cell: ({ fileClass }) => say(`investigator.class.${fileClass}`),
          },
          {
            id: 'path',
            header: say('investigator.item.path'),
            width: '4fr',
            cell: ({ path }) => path ?? say('investigator.item.no-path'),
          },
          { id: 'account', header: say('investigator.account'), width: '1fr', cell: ({ account }) => account },
          {
            id: 'size',
            header: say('investigator.size'),
            width: '7rem',
            align: 'end',
            cell: ({ size }) => bytes(size),
          },
          {
            id: 'sha',
            header: 'SHA-256',
            width: '8rem',
            cell: ({ sha256 }) => (sha256 === null ? null : <code>{sha256.slice(0, 10)}…</code>),
          },
        ]}
      />
    </CasePage>
  );
};

interface ItemFiltersProps {
  readonly search: ItemsSearch;
  readonly onChange: (search: Readonly<Record<string, unknown>>) => void;
}

const ItemFilters = ({ search, onChange }: ItemFiltersProps) => {
  const { say } = useTongue();
  const [account, setAccount] = useState(search.account ?? '');
  const any = { value: 'any' as const, label: say('investigator.any') };
  const { parent, sha256, stack, source } = search;
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ ...search, account });
      }}
    >
      <Select
        label={say('investigator.item.class')}
        labelPlace="inside"
        value={search.class ?? 'any'}
        onChange={(chosen) => onChange({ ...search, class: chosen })}
        options={[any, ...fileClasses.map((value) => ({ value, label: say(`investigator.class.${value}`) }))]}
      />
      <Select
        label={say('investigator.item.state')}
        labelPlace="inside"
        value={search.state ?? 'any'}
        onChange={(chosen) => onChange({ ...search, state: chosen })}
        options={[any, ...itemStates.map((value) => ({ value, label: say(`investigator.item-state.${value}`) }))]}
      />
      <Field
        label={say('investigator.account')}
        labelPlace="inside"
        value={account}
        onChange={setAccount}
        type="search"
      />
      <Button type="submit">{say('investigator.filter')}</Button>
      {[parent, sha256, stack, source].some((part) => part !== undefined) && (
        <Button kind="quiet" onPress={() => onChange({})}>
          {say('investigator.filter-off')}
        </Button>
      )}
    </form>
  );
};
