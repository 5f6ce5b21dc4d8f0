import { done, type Outcome, refused, type UtcInstant } from '@tutela/core';
import type { Tx } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { type ApprovalSite, type PersonId, parsePersonId, type RequestDigest } from '@tutela/policy';
import {
  type ConsumeFault,
  consumeApproval,
  findRequest,
  type RequestState,
  requestApproval,
} from '@tutela/policy/postgres';
import { dayOf } from '../clock.js';
import type { ExposureRules } from '../rules.js';
import { insertOverride } from './queries.js';

const action = 'exposure.override';

export interface AskedOverride {
  /** Whose day is to be longer. They can approve it no more than whoever asks. */
  readonly person: PersonId;
  readonly seconds: number;
  readonly requestedBy: PersonId;
  readonly reason: string;
  readonly at: UtcInstant;
}

/** Asks two other people to add to somebody's day of today. */
export const requestOverride = async (
  tx: Tx,
  rules: ExposureRules,
  { person, seconds, ...asked }: AskedOverride,
): Promise<Outcome<RequestState, 'person-unknown' | 'too-long'>> => {
  if (seconds > rules.overrideSeconds)
    return refused('too-long', `At most ${rules.overrideSeconds} seconds are added at once.`);
  const content = { person, day: dayOf(asked.at, rules), seconds };
  return requestApproval(tx, { action, about: [person], content, hours: 24, ...asked });
};

export interface Override {
  readonly person: PersonId;
  readonly day: string;
  readonly seconds: number;
  readonly approvedBy: readonly PersonId[];
}

/** Makes somebody's day longer by what two people approved, once. */
export const useOverride = async (
  tx: Tx,
  site: ApprovalSite,
  { digest, by, at }: { readonly digest: RequestDigest; readonly by: PersonId; readonly at: UtcInstant },
): Promise<Outcome<Override, ConsumeFault>> => {
  const asked = await findRequest(tx, digest);
  const { person: named, day, seconds } = asked?.request.content ?? {};
  const person = typeof named === 'string' ? parsePersonId(named) : undefined;
  if (
    asked?.request.action !== action ||
    person === undefined ||
    typeof day !== 'string' ||
    typeof seconds !== 'number'
  )
    return refused('unknown-request', 'nobody asked for this');
  const content = { person, day, seconds };
  const used = await consumeApproval(tx, site, { digest, action, content, by, at });
  if (used.kind !== 'done') return used;
  const { people } = used.value;
  await insertOverride(tx, { digest, person, day, seconds, approved_by: people, used_by: by, used_at: at });
  await appendEvent(tx, {
    type: 'exposure.limit-lifted',
    actor: by,
    at,
    subjects: [person, digest],
    payload: { ...content, approvedBy: people },
    effects: [
      {
        kind: 'written',
        table: 'exposure.override',
        key: { digest },
        columns: ['person', 'day', 'seconds', 'approved_by', 'used_by', 'used_at'],
      },
    ],
  });
  return done({ person, day, seconds, approvedBy: people });
};
