import type { JsonObject } from '@tutela/core';
import type { NodeIds } from './node-id.js';
import { node, relationship } from './vocabulary.js';

/** Somebody of the case, under the pseudonym by which the records know them. */
export interface PersonInCase {
  readonly id: string;
  readonly role?: string;
}

const roleTypes: Readonly<Record<string, string>> = {
  lead: 'case-investigation:Investigator',
  examiner: 'case-investigation:Examiner',
  subject: 'case-investigation:Subject',
};

/** Identities with nothing but their pseudonym, and the roles they had. */
export const peopleNodes = (ids: NodeIds, people: readonly PersonInCase[]): readonly JsonObject[] => {
  return people.flatMap(({ id, role }) => {
    const identity = ids('identity', id);
    const person = node(identity, 'uco-identity:Identity', { 'uco-core:name': id });
    if (role === undefined) return [person];
    const roleId = ids('role', role);
    return [
      person,
      node(roleId, roleTypes[role] ?? 'uco-role:Role', { 'uco-core:name': role }),
      relationship(ids('has-role', id, role), identity, 'Has_Role', roleId),
    ];
  });
};
