import { useQuery } from '@tanstack/react-query';
import { authoritiesQuery } from './queries.js';

/** What the registry calls an authority; its id while that is not known. */
export const useAuthorityName = (): ((authorityId: string) => string) => {
  const { data } = useQuery(authoritiesQuery());
  return (id) => data?.authorities.find(({ authorityId }) => authorityId === id)?.name ?? id;
};
