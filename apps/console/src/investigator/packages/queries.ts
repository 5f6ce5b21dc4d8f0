import { queryOptions } from '@tanstack/react-query';
import type {
  DraftedBody,
  PackageBody,
  PackageRequestBody,
  PackagesBody,
  ProposalBody,
  VerifiedBody,
} from '@tutela/investigator-desk/api';
import { read, send } from '../../app/api.js';
import { casePath } from '../case-queries.js';

const packagePath = (name: string): string => `/investigator/packages/${encodeURIComponent(name)}`;
const underWayMs = 3000;

export const packagesQuery = (caseRef: string) =>
  queryOptions({
    queryKey: ['investigator', 'packages', caseRef],
    queryFn: ({ signal }) => read<PackagesBody>('/investigator/packages', { query: { case: caseRef }, signal }),
  });

export const packageQuery = (name: string) =>
  queryOptions({
    queryKey: ['investigator', 'package', name],
    queryFn: ({ signal }) => read<PackageBody>(packagePath(name), { signal }),
    refetchInterval: ({ state: { data } }) =>
      data?.state === 'exporting' || data?.state === 'waiting' ? underWayMs : false,
  });

export const packageRequestQuery = (name: string) =>
  queryOptions({
    queryKey: ['investigator', 'package-request', name],
    queryFn: ({ signal }) => read<PackageRequestBody>(`${packagePath(name)}/request`, { signal }),
  });

export const proposalQuery = (caseRef: string) =>
  queryOptions({
    queryKey: ['investigator', 'proposal', caseRef],
    queryFn: ({ signal }) => read<ProposalBody>(`${casePath(caseRef)}/packages/proposal`, { signal }),
  });

export interface PackageWish {
  readonly name: string;
  readonly reason: string;
  readonly recipients: 'nobody' | readonly { readonly name: string; readonly age: string }[];
  readonly leaveOut: readonly { readonly id: string; readonly reason: string }[];
}

export const draftPackage = (caseRef: string, wish: PackageWish): Promise<DraftedBody> =>
  send(`${casePath(caseRef)}/packages`, wish);

export const exportPackage = (name: string, whenProofIsMissing: 'write' | 'refuse'): Promise<PackageBody> =>
  send(`${packagePath(name)}/export`, { whenProofIsMissing });

export const verifyPackage = (name: string): Promise<VerifiedBody> => send(`${packagePath(name)}/verify`, {});
