import { queryOptions } from '@tanstack/react-query';
import type {
  AccountFileBody,
  AccountsBody,
  KnowledgeBody,
  KnowledgeSummaryBody,
  UsersBody,
} from '@tutela/investigator-desk/api';
import type { WindowAsked } from '@tutela/window';
import { read } from '../../app/api.js';
import { casePath } from '../case-queries.js';
import type { KnowledgeSearch } from './knowledge-kinds.js';

export type AccountRow = AccountsBody['rows'][number];
export type KnowledgeRow = KnowledgeBody['rows'][number];

export const usersQuery = (caseRef: string) =>
  queryOptions({
    queryKey: ['investigator', 'users', caseRef],
    queryFn: ({ signal }) => read<UsersBody>(`${casePath(caseRef)}/users`, { signal }),
  });

export const readAccounts =
  (caseRef: string) =>
  (asked: WindowAsked, signal: AbortSignal): Promise<AccountsBody> =>
    read<AccountsBody>(`${casePath(caseRef)}/accounts`, { query: { ...asked }, signal });

export const accountQuery = (caseRef: string, account: string) =>
  queryOptions({
    queryKey: ['investigator', 'account', caseRef, account],
    queryFn: ({ signal }) =>
      read<AccountFileBody>(`${casePath(caseRef)}/accounts/${encodeURIComponent(account)}`, { signal }),
  });

export const readKnowledge =
  (caseRef: string, filter: KnowledgeSearch) =>
  (asked: WindowAsked, signal: AbortSignal): Promise<KnowledgeBody> =>
    read<KnowledgeBody>(`${casePath(caseRef)}/knowledge`, { query: { ...filter, ...asked }, signal });

export const knowledgeSummaryQuery = (caseRef: string) =>
  queryOptions({
    queryKey: ['investigator', 'knowledge-summary', caseRef],
    queryFn: ({ signal }) => read<KnowledgeSummaryBody>(`${casePath(caseRef)}/knowledge/summary`, { signal }),
  });
