import { useQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Select } from '../../design/index.js';
import { categoriesQuery } from './queries.js';

/** One of the list's categories, by the names that its members are served. */
export const CategorySelect = ({
  label,
  value,
  onChange,
}: {
  readonly label?: string;
  readonly value: string;
  readonly onChange: (category: string) => void;
}) => {
  const { say } = useTongue();
  const { data } = useQuery(categoriesQuery);
  return (
    <Select
      label={label ?? say('clearinghouse.list.category')}
      value={value}
      onChange={onChange}
      options={(data?.groups ?? [])
        .flatMap(({ categories }) => categories)
        .map((name) => ({ value: name, label: name }))}
    />
  );
};
