import { useQuery } from '@tanstack/react-query';
import { FirstItem } from './first-item.js';
import { firstQuery } from './queries.js';

/** What cannot wait and stands first in triage, wherever somebody may look for it; nothing where nothing is so. */
export const HandleFirst = () => {
  const { data } = useQuery(firstQuery({ state: 'waiting' }));
  const first = data?.rows[0];
  return first?.lane === 'crisis' ? <FirstItem item={first} total={data?.total ?? 1} /> : null;
};
