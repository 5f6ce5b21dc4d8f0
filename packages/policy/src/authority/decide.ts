import { compileScope } from './compile-scope.js';
import type { Decision, Grounds, Question } from './decision.js';

/**
 * Whether an act is allowed, under which authority, or what it would need.
 *
 * One authority that grants it is enough. An authority's exclusions win over all it includes; what is to bind every
 * authority of a case is a freeze. A fact that is not known allows nothing that rests on it.
 */
export const decide = (grounds: Grounds, { caseRef, at, ...asked }: Question): Decision =>
  compileScope(grounds, caseRef, at).decide(asked);
