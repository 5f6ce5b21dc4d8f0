import { queryOptions } from '@tanstack/react-query';
import type { ArchiveCountsBody, ArchiveFileBody, ArchivesBody, RecoveryBody } from '@tutela/investigator-desk/api';
import type { WindowAsked } from '@tutela/window';
import { read } from '../../app/api.js';
import { casePath } from '../case-queries.js';
import type { ArchivesSearch } from './archive-states.js';

export type ArchiveRow = ArchivesBody['rows'][number];

export const archiveCountsQuery = (caseRef: string) =>
  queryOptions({
    queryKey: ['investigator', 'archive-counts', caseRef],
    queryFn: ({ signal }) => read<ArchiveCountsBody>(`${casePath(caseRef)}/archives/counts`, { signal }),
  });

export const readArchives =
  (caseRef: string, filter: ArchivesSearch) =>
  (asked: WindowAsked, signal: AbortSignal): Promise<ArchivesBody> =>
    read<ArchivesBody>(`${casePath(caseRef)}/archives`, { query: { ...filter, ...asked }, signal });

export const archiveQuery = (caseRef: string, setId: string) =>
  queryOptions({
    queryKey: ['investigator', 'archive', caseRef, setId],
    queryFn: ({ signal }) => read<ArchiveFileBody>(`${casePath(caseRef)}/archives/${setId}`, { signal }),
  });

export const recoveryQuery = (caseRef: string) =>
  queryOptions({
    queryKey: ['investigator', 'recovery', caseRef],
    queryFn: ({ signal }) => read<RecoveryBody>(`${casePath(caseRef)}/recovery`, { signal }),
  });
