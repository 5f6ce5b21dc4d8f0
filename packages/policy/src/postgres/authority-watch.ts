import { type Clock, done, type Outcome, refused, type UtcInstant } from '@tutela/core';
import type { Asked } from '../authority/compile-authority.js';
import { type CompiledScope, compileScope } from '../authority/compile-scope.js';
import type { Decision, Grounds, RuleId } from '../authority/decision.js';
import { loadGrounds } from './grounds.js';
import { type AnyDb, policyTables } from './tables.js';

/** What authorities allow in a case, always as of now. */
export interface AuthorityWatch {
  /** One small query, and nothing more while no authority changed and none began or ended by its date. */
  readonly scope: () => Promise<CompiledScope>;
}

/** For a job that runs for hours: asked at each heartbeat it answers with what holds now, never with what held before. */
export const watchAuthorities = (db: AnyDb, caseRef: string, clock: Clock): AuthorityWatch => {
  let known: Known | undefined;
  return {
    scope: async () => {
      const now = clock.now();
      const version = await versionOf(db, caseRef);
      if (known === undefined || known.version !== version || now >= known.until || now < known.scope.at) {
        const grounds = await loadGrounds(db, caseRef);
        known = { version, scope: compileScope(grounds, caseRef, now), until: nextChange(grounds, now) };
      }
      return known.scope;
    },
  };
};

interface Known {
  readonly version: number;
  readonly scope: CompiledScope;
  /** From here on something changes by its date alone. */
  readonly until: UtcInstant | 'never';
}

const versionOf = async (db: AnyDb, caseRef: string): Promise<number> => {
  const row = await policyTables(db)
    .selectFrom('policy.case_version')
    .select('version')
    .where('case_ref', '=', caseRef)
    .executeTakeFirst();
  return row?.version ?? 0;
};

/** `never` sorts after every instant. */
const nextChange = ({ authorities, freezes }: Grounds, now: UtcInstant): UtcInstant | 'never' => {
  const moments = [
    ...authorities.flatMap(({ authority: { from, to, enteredAt }, verification, end }) => [
      from,
      to,
      enteredAt,
      verification?.at,
      end?.at,
    ]),
    ...freezes.flatMap(({ at, lift }) => [at, lift?.at]),
  ];
  return moments
    .filter((moment) => moment !== undefined && moment > now)
    .reduce<UtcInstant | 'never'>(
      (first, moment) => (moment !== undefined && moment < first ? moment : first),
      'never',
    );
};

export type LeaseFault = RuleId | 'authority.changed';

/**
 * Holds a lease to the authority it began under. Called at each heartbeat: `done` while the same version of the same
 * authority allows the same act, otherwise the job stops, and may begin again under whatever allows it then.
 */
export const guardLease = (watch: AuthorityWatch, asked: Asked): (() => Promise<Outcome<Decision, LeaseFault>>) => {
  let began: Decision | undefined;
  return async () => {
    const decision = (await watch.scope()).decide(asked);
    if (decision.answer !== 'allow') return refused(decision.rule, `${asked.step} is not allowed: ${decision.rule}`);
    began ??= decision;
    if (began.answer === 'allow' && (began.authority !== decision.authority || began.version !== decision.version))
      return refused('authority.changed', 'another authority would allow it now');
    return done(decision);
  };
};
