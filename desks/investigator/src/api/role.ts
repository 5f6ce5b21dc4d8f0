import { type Static, Type } from 'typebox';
import { count, instant, nullable, sha256, someText, text } from './shape.js';

export const caseRole = Type.Enum(['lead', 'examiner', 'filter', 'oversight']);

/** Who had which role in a case, and what is asked for and not yet decided. */
export const rolesBody = Type.Object({
  roles: Type.Array(
    Type.Object({
      person: text,
      role: caseRole,
      grantedAt: instant,
      grantedBy: text,
      endedAt: nullable(instant),
      endedBy: nullable(text),
    }),
  ),
  requests: Type.Array(
    Type.Object({
      digest: text,
      person: text,
      role: caseRole,
      requestedBy: text,
      requestedAt: instant,
      expiresAt: instant,
      reason: text,
    }),
  ),
});
const person = Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' });
/** Without `person` it is whoever asks. */
export const roleWish = Type.Object({ person: Type.Optional(person), role: caseRole, reason: someText });
/** `needed`: people besides whoever asks who have to approve. */
export const roleAskedBody = Type.Object({ digest: sha256, needed: count });
export const roleEnding = Type.Object({ person, role: caseRole, reason: someText });
export const roleEndedBody = Type.Object({ person: text, role: caseRole, endedAt: instant });

export type CaseRoleName = Static<typeof caseRole>;
export type RolesBody = Static<typeof rolesBody>;
export type RoleWishBody = Static<typeof roleWish>;
export type RoleAskedBody = Static<typeof roleAskedBody>;
export type RoleEndingBody = Static<typeof roleEnding>;
