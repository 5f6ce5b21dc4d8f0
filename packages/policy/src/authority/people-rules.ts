import type { Authority } from './authority.js';
import type { Asked, Bar } from './compile-authority.js';
import type { Actor } from './decision.js';
import type { Test } from './reach.js';
import type { Step } from './step.js';

/** Steps at which content is read. */
const reading: ReadonlySet<Step> = new Set(['open', 'view', 'disclose']);
/** Steps at which it leaves the machine's hands for a person's. */
const showing: ReadonlySet<Step> = new Set(['view', 'disclose']);

/** Whether an object is, or has to go, with the filter team. `unknown`: nobody has looked for privilege terms yet. */
const withFilter = (authority: Authority, { step, object }: Asked, holdsTerm: Test): 'yes' | 'no' | 'unknown' => {
  if (object.privilege === 'released') return 'no';
  if (object.privilege !== undefined || filtered(authority, step)) return 'yes';
  return holdsTerm(object);
};

const filtered = (authority: Authority, step: Step): boolean =>
  authority.conditions.some((condition) => condition.kind === 'filter-team' && condition.steps.includes(step));

/** Content that may be privileged is the filter team's alone, until it has released it. */
export const privilegeBar = (authority: Authority, asked: Asked, holdsTerm: Test): Bar | undefined => {
  const { step, object, actor } = asked;
  const found = withFilter(authority, asked, holdsTerm);
  const isFiltered = filtered(authority, step);
  if ((!reading.has(step) && !isFiltered) || found === 'no') return undefined;
  if (isOnly(actor, 'filter') && step !== 'disclose') return undefined;
  // Whoever opens it finds the terms; only then can anybody tell.
  if (found === 'unknown')
    return showing.has(step) ? { rule: 'scope.unknown', need: 'fact', detail: 'terms' } : undefined;
  if (object.privilege === 'withheld') return { rule: 'privilege', need: 'nothing-helps', detail: 'withheld' };
  const rule = isFiltered && object.privilege === undefined ? 'condition.filter-team' : 'privilege';
  return { rule, need: 'filter-team' };
};

/** Who may look, and who may hand out. Somebody of the filter team sees what is with it and nothing else. */
export const roleBar = (authority: Authority, asked: Asked, holdsTerm: Test): Bar | undefined => {
  const { step, actor } = asked;
  if (!showing.has(step)) return undefined;
  const bar = (detail: string): Bar => ({ rule: 'role', need: 'nothing-helps', detail });
  if (actor === undefined || actor.roles.length === 0) return bar('none');
  if (actor.roles.includes('filter')) {
    if (!isOnly(actor, 'filter')) return bar('filter and case team');
    return step === 'view' && withFilter(authority, asked, holdsTerm) === 'yes' ? undefined : bar('filter');
  }
  if (actor.roles.includes('lead')) return undefined;
  return step === 'view' && actor.roles.includes('examiner') ? undefined : bar(actor.roles.join(', '));
};

export const secondPersonBar = (authority: Authority, { step, actor, second }: Asked): Bar | undefined => {
  const asksFor = authority.conditions.some(
    ({ kind, ...rest }) => kind === 'second-person' && 'steps' in rest && rest.steps.includes(step),
  );
  if (!asksFor) return undefined;
  const isThere = actor !== undefined && second !== undefined && second.id !== actor.id && second.roles.length > 0;
  return isThere ? undefined : { rule: 'condition.second-person', need: 'second-person' };
};

const isOnly = (actor: Actor | undefined, role: Actor['roles'][number]): boolean =>
  actor !== undefined && actor.roles.length > 0 && actor.roles.every((own) => own === role);
