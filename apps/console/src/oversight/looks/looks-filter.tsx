import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Button, Field, Select } from '../../design/index.js';

const route = getRouteApi('/desk/oversight/looks');
const desks = ['all', 'platform', 'clearinghouse', 'investigator'] as const;

/** By desk, person and thing; what is asked for stands in the address. */
export const LooksFilter = () => {
  const { say } = useTongue();
  const { tab, desk, person, subject } = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState({ person: person ?? '', subject: subject ?? '' });
  const chosen = desks.find((one) => one === desk) ?? 'all';
  const show = (of: (typeof desks)[number]) =>
    void navigate({
      search: {
        tab,
        ...(of !== 'all' && { desk: of }),
        ...(typed.person !== '' && { person: typed.person }),
        ...(typed.subject !== '' && { subject: typed.subject }),
      },
    });
  return (
    <form
      className="actions"
      onSubmit={(event) => {
        event.preventDefault();
        show(chosen);
      }}
    >
      <Select
        label={say('oversight.looks.desk')}
        value={chosen}
        onChange={show}
        options={desks.map((value) => ({
          value,
          label: value === 'all' ? say('oversight.looks.all-desks') : say(`${value}.desk`),
        }))}
      />
      <Field
        label={say('oversight.people.pseudonym')}
        value={typed.person}
        onChange={(value) => setTyped((was) => ({ ...was, person: value }))}
      />
      <Field
        label={say('oversight.looks.subject')}
        value={typed.subject}
        onChange={(value) => setTyped((was) => ({ ...was, subject: value }))}
      />
      <Button type="submit">{say('oversight.filter')}</Button>
    </form>
  );
};
