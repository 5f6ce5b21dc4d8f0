import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  AuthoritiesBody,
  CaseFileBody,
  CaseSummaryBody,
  CasesBody,
  ChronologyBody,
  DecisionsBody,
  EnteredBody,
  PersonsBody,
} from '@tutela/investigator-desk/api';
import { read, send } from '../app/api.js';

export const casePath = (caseRef: string): string => `/investigator/cases/${encodeURIComponent(caseRef)}`;

/** Pages that go on from `next`; keyed by the desk, then by what is asked. */
const pages = <Body extends { readonly next: string | null }>(key: readonly string[], path: string) =>
  infiniteQueryOptions({
    queryKey: ['investigator', ...key],
    queryFn: ({ signal, pageParam }) =>
      read<Body>(path, { query: { limit: 100, ...(pageParam !== null && { before: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }: Body) => next,
  });

export const casesQuery = pages<CasesBody>(['cases'], '/investigator/cases');

export const caseQuery = (caseRef: string) =>
  queryOptions({
    queryKey: ['investigator', 'case', caseRef],
    queryFn: ({ signal }) => read<CaseFileBody>(casePath(caseRef), { signal }),
  });

export const chronologyQuery = (caseRef: string) =>
  pages<ChronologyBody>(['chronology', caseRef], `${casePath(caseRef)}/chronology`);

export const decisionsQuery = (caseRef: string) =>
  pages<DecisionsBody>(['decisions', caseRef], `${casePath(caseRef)}/decisions`);

export const personsQuery = (caseRef: string) =>
  queryOptions({
    queryKey: ['investigator', 'persons', caseRef],
    queryFn: ({ signal }) => read<PersonsBody>(`${casePath(caseRef)}/persons`, { signal }),
  });

export const authoritiesQuery = (caseRef: string) =>
  queryOptions({
    queryKey: ['investigator', 'authorities', caseRef],
    queryFn: ({ signal }) => read<AuthoritiesBody>(`${casePath(caseRef)}/authorities`, { signal }),
  });

export const openCase = (asked: {
  readonly caseRef: string;
  readonly title: string;
  readonly reportId?: string;
}): Promise<CaseSummaryBody> => send('/investigator/cases', asked);

export const closeCase = (caseRef: string, reason: string): Promise<unknown> =>
  send(`${casePath(caseRef)}/close`, { reason });

export const linkReport = (caseRef: string, reportNumber: string): Promise<unknown> =>
  send(`${casePath(caseRef)}/reports`, { reportNumber });

/** @param stated the authority as its document states it */
export const enterAuthority = (caseRef: string, stated: object): Promise<EnteredBody> =>
  send(`${casePath(caseRef)}/authorities`, stated);

export const revokeAuthority = (authority: string, reason: string): Promise<unknown> =>
  send(`/investigator/authorities/${authority}/revoke`, { reason });

export const addExhibit = (caseRef: string, stated: object): Promise<unknown> =>
  send(`${casePath(caseRef)}/exhibits`, stated);

export const recordCustody = (caseRef: string, exhibit: string, stated: object): Promise<unknown> =>
  send(`${casePath(caseRef)}/exhibits/${encodeURIComponent(exhibit)}/custody`, stated);
