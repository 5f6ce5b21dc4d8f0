import { done, type JsonObject, type Outcome } from '@tutela/core';
import type { PersonId } from '../approval/person.js';
import { type ApprovalRequest, type RequestDigest, requestDigest } from '../approval/request.js';
import type { ApprovalSite } from '../approval/rules.js';
import type { AuthorityId } from '../authority/authority.js';
import type { Role } from '../authority/decision.js';
import { PolicyError } from '../policy-error.js';
import { markVerified } from './authorities.js';
import { type ConsumeFault, consumeApproval } from './consume-approval.js';
import { insertCredential, insertPerson, isKnown, type NewCredential, type NewPerson } from './people.js';
import { type By, recordAct } from './record-act.js';
import { insertRole } from './roles.js';
import type { Tx } from './tables.js';

/**
 * Does what was approved, where it is an act of this package; other acts wait until whoever does them uses the approval.
 * @throws PolicyError `overtaken`
 */
export const settleApproved = async (
  tx: Tx,
  site: ApprovalSite,
  request: ApprovalRequest,
  by: By,
): Promise<Outcome<'settled' | 'waits', ConsumeFault>> => {
  const act = acts[request.action];
  if (act === undefined) return done('waits');
  const digest = await requestDigest(request);
  const { action, caseRef, content } = request;
  const consumed = await consumeApproval(tx, site, { digest, action, caseRef, content, ...by });
  if (consumed.kind !== 'done') return consumed;
  const settled = await act(tx, request, { digest, people: consumed.value.people, ...by });
  if (settled === 'overtaken') throw new PolicyError('overtaken', `${action} was approved and cannot be done any more`);
  return done('settled');
};

export interface Settling extends By {
  readonly digest: RequestDigest;
  readonly people: readonly PersonId[];
}

export type Settled = 'settled' | 'overtaken';
type Act = (tx: Tx, request: ApprovalRequest, settling: Settling) => Promise<Settled>;

/** The content of these requests is written by this package alone (`enrolment.ts`, `authorities.ts`, `roles.ts`). */
const contentOf = <T>(content: JsonObject): T => content as unknown as T;

const acts: Readonly<Record<string, Act>> = {
  'person.enrol': async (tx, { content, requestedBy }, { by, at, people }) => {
    const person = contentOf<NewPerson>(content);
    if ((await isKnown(tx, person)) === 'known') return 'overtaken';
    const effects = await insertPerson(tx, person, { by: requestedBy, at });
    const payload = { approvedBy: people };
    await recordAct(tx, { type: 'policy.person-enrolled', by, at, subjects: [person.id], payload, effects });
    return 'settled';
  },
  'credential.add': async (tx, { content, requestedBy }, { by, at, people }) => {
    const credential = contentOf<NewCredential>(content);
    if ((await isKnown(tx, credential)) === 'known') return 'overtaken';
    const effects = [await insertCredential(tx, credential, { by: requestedBy, at })];
    const subjects = [credential.personId];
    await recordAct(tx, {
      type: 'policy.credential-added',
      by,
      at,
      subjects,
      payload: { approvedBy: people },
      effects,
    });
    return 'settled';
  },
  'authority.verify': (tx, { content }, settling) =>
    markVerified(tx, contentOf<{ authority: AuthorityId; version: number; sha256: string }>(content), settling),
  'role.grant': (tx, { content }, settling) =>
    insertRole(tx, contentOf<{ caseRef: string; person: PersonId; role: Role }>(content), settling),
};
