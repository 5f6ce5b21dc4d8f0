import type { AnswerOutcome } from '@tutela/attribution';
import {
  type AttributionPlan,
  type DisclosureOrder,
  evaluate,
  ipv4Address,
  type Observation,
  type OpaqueTag,
  release,
  tzVersion,
} from '@tutela/attribution';
import type { Moment } from './known-truth.js';
import { dayMs, days, logStart, pool } from './parameters.js';

/** An order as it usually is: one candidate or none, nothing that something qualifies. */
export const usualOrder: DisclosureOrder = {
  id: 'demonstration',
  sha256: '0'.repeat(64),
  purpose: 'investigation',
  scope: [{ addresses: pool, from: logStart, to: logStart + days * dayMs - 1 }],
  maxCandidates: 1,
  disclose: 'handle',
  qualified: 'withheld',
  expires: logStart + 365 * dayMs,
};

/** What somebody with a clock saw, taken over electronically. */
export const seen = (
  { ip, port, at }: Moment,
  { errorMs, precisionMs = 1 }: { readonly errorMs: number; readonly precisionMs?: 1 | 1000 },
): Observation => {
  const moment = { at, precisionMs, provenance: { text: '', source: 'utc', zone: 'UTC', tzVersion } } as const;
  return {
    ip: ipv4Address(ip),
    port,
    proto: 6,
    dest: undefined,
    from: moment,
    to: moment,
    clock: { errorMs, syncedTo: 'ntp', offsetMs: 0 },
    role: 'connection-source',
    contact: undefined,
    sourceDocument: '0'.repeat(64),
    entry: 'electronic',
    qualifiers: [],
  };
};

export interface Told {
  readonly outcome: AnswerOutcome;
  readonly named: OpaqueTag | 'nobody';
}

/** What the usual order releases, and what one would that also takes qualified answers. */
export const askTutela = (
  plan: AttributionPlan,
  observation: Observation,
): Told & { readonly namedIfQualified: OpaqueTag | 'nobody' } => {
  const evaluation = evaluate(observation, plan);
  const named = namedIn(release(evaluation, usualOrder, undefined));
  const namedIfQualified = namedIn(release(evaluation, { ...usualOrder, qualified: 'disclosed' }, undefined));
  return { outcome: evaluation.outcome, named, namedIfQualified };
};

export const namedIn = (released: ReturnType<typeof release>): OpaqueTag | 'nobody' =>
  'subscriber' in released && released.subscriber !== 'withheld' ? released.subscriber : 'nobody';
