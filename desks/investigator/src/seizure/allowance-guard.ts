import type { CompiledScope, Decision } from '@tutela/policy';
import { sameAllowance } from './authority-gate.js';
import type { Beat } from './heartbeat.js';

export interface AllowanceGuard {
  readonly ask: () => Promise<'goes-on' | 'stops'>;
  /** The rule that stops, or `paused`. */
  readonly why: () => string;
}

/** Watches that what was allowed still is, by the same version of the same authority. */
export const guardAllowance = (
  beat: () => Promise<Beat>,
  began: Decision,
  again: (scope: CompiledScope) => Decision,
): AllowanceGuard => {
  let why = 'paused';
  const ask = async (): Promise<'goes-on' | 'stops'> => {
    const now = await beat();
    if (now.kind === 'paused') {
      why = 'paused';
      return 'stops';
    }
    const decision = again(now.scope);
    if (sameAllowance(began, decision) === 'same') return 'goes-on';
    why = decision.answer === 'allow' ? 'authority.changed' : decision.rule;
    return 'stops';
  };
  return { ask, why: () => why };
};
