import { Link } from '@tanstack/react-router';
import { asProblem } from '../app/problem.js';
import { useTongue } from '../app/tongue.js';
import { FailedState } from '../design/index.js';

export interface LookRefusedProps {
  readonly problem: unknown;
  readonly onRetry?: () => void;
}

/** Refusals that are no fault: what was chosen, what the law or the day allows, what cannot be drawn. */
const quiet = new Set(['no-preview', 'category-opted-out', 'closed-not-viewed', 'over-limit']);

/** Why a file is not shown, by the name the node gave, and what can be done; a fault is told as any other. */
export const LookRefused = ({ problem: thrown, onRetry }: LookRefusedProps) => {
  const { say, sayIfKnown } = useTongue();
  const problem = asProblem(thrown);
  if (!quiet.has(problem.code)) {
    return <FailedState problem={problem} {...(problem.status !== 403 && onRetry !== undefined && { onRetry })} />;
  }
  return (
    <div className="state" role="status">
      <p className="state-title">{sayIfKnown(`common.problem.${problem.code}`) ?? say('common.problem.refused')}</p>
      <p className="about">{sayIfKnown(`common.remedy.${problem.code}`)}</p>
      {problem.detail !== undefined && <p className="about">{problem.detail}</p>}
      {(problem.code === 'over-limit' || problem.code === 'category-opted-out') && (
        <Link to="/desk/me">{say('common.me.title')}</Link>
      )}
    </div>
  );
};
