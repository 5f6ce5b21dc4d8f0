import { queryOptions } from '@tanstack/react-query';
import type {
  FingerprintsBody,
  ItemStandingBody,
  ItemsBody,
  KnownBody,
  KnownMatchesBody,
  NewSource,
  SeizureBody,
  StacksBody,
  StorageBody,
} from '@tutela/investigator-desk/api';
import type { WindowAsked } from '@tutela/window';
import { read, send } from '../../app/api.js';
import { casePath } from '../case-queries.js';
import type { ItemsSearch, MatchesSearch, StacksSearch } from './searches.js';

export type ItemRow = ItemsBody['rows'][number];
export type MatchRow = KnownMatchesBody['rows'][number];
export type StackRow = StacksBody['rows'][number];

/** A pass moves on between the acts of the ledger: while one runs it is asked for by itself. */
const whileRunningMs = 2000;

export const seizureQuery = (caseRef: string) =>
  queryOptions({
    queryKey: ['investigator', 'seizure', caseRef],
    queryFn: ({ signal }) => read<SeizureBody>(`${casePath(caseRef)}/seizure`, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data?.sources.some(({ pass }) => pass?.state === 'running') ? whileRunningMs : false,
  });

/** Reads every item of the case: asked once, and again only by a button. */
export const storageQuery = (caseRef: string) =>
  queryOptions({
    queryKey: ['investigator-storage', caseRef],
    queryFn: ({ signal }) => read<StorageBody>(`${casePath(caseRef)}/storage`, { signal }),
    enabled: false,
  });

export const knownQuery = (caseRef: string) =>
  queryOptions({
    queryKey: ['investigator', 'known', caseRef],
    queryFn: ({ signal }) => read<KnownBody>(`${casePath(caseRef)}/known`, { signal }),
  });

export const readMatches =
  (caseRef: string, filter: MatchesSearch) =>
  (asked: WindowAsked, signal: AbortSignal): Promise<KnownMatchesBody> =>
    read<KnownMatchesBody>(`${casePath(caseRef)}/known/matches`, { query: { ...filter, ...asked }, signal });

export const looksQuery = (caseRef: string) =>
  queryOptions({
    queryKey: ['investigator', 'looks', caseRef],
    queryFn: ({ signal }) => read<FingerprintsBody>(`${casePath(caseRef)}/fingerprints`, { signal }),
    refetchInterval: ({ state: { data } }) => (data?.run?.state === 'running' ? whileRunningMs : false),
  });

export const readItems =
  (caseRef: string, filter: ItemsSearch) =>
  (asked: WindowAsked, signal: AbortSignal): Promise<ItemsBody> =>
    read<ItemsBody>(`${casePath(caseRef)}/items`, { query: { ...filter, ...asked }, signal });

export const itemQuery = (caseRef: string, item: string) =>
  queryOptions({
    queryKey: ['investigator', 'item', caseRef, item],
    queryFn: ({ signal }) => read<ItemStandingBody>(`${casePath(caseRef)}/items/${item}`, { signal }),
  });

export const readStacks =
  (caseRef: string, filter: StacksSearch) =>
  (asked: WindowAsked, signal: AbortSignal): Promise<StacksBody> =>
    read<StacksBody>(`${casePath(caseRef)}/stacks`, { query: { ...filter, ...asked }, signal });

export const addSource = (caseRef: string, source: NewSource): Promise<unknown> =>
  send(`${casePath(caseRef)}/sources`, source);
export const startLooks = (caseRef: string): Promise<unknown> => send(`${casePath(caseRef)}/fingerprints`, {});
export const startPass = (sourceId: string): Promise<unknown> => send(`/investigator/sources/${sourceId}/passes`, {});
export const pausePass = (passId: string): Promise<unknown> => send(`/investigator/passes/${passId}/pause`, {});
export const resumePass = (passId: string): Promise<unknown> => send(`/investigator/passes/${passId}/resume`, {});
