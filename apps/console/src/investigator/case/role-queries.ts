import { queryOptions } from '@tanstack/react-query';
import type { RoleAskedBody, RoleEndingBody, RolesBody, RoleWishBody } from '@tutela/investigator-desk/api';
import { read, send } from '../../app/api.js';
import { casePath } from '../case-queries.js';

export type RoleRow = RolesBody['roles'][number];
export type RoleRequest = RolesBody['requests'][number];

const rolesPath = (caseRef: string): string => `${casePath(caseRef)}/roles`;

export const rolesQuery = (caseRef: string) =>
  queryOptions({
    queryKey: ['investigator', 'roles', caseRef],
    queryFn: ({ signal }) => read<RolesBody>(rolesPath(caseRef), { signal }),
  });

export const askForRole = (caseRef: string, wish: RoleWishBody): Promise<RoleAskedBody> =>
  send(rolesPath(caseRef), wish);

export const endRole = (caseRef: string, ending: RoleEndingBody): Promise<unknown> =>
  send(`${rolesPath(caseRef)}/end`, ending);
