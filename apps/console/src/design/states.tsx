import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { asProblem } from '../app/problem.js';
import { useTongue } from '../app/tongue.js';
import { Button } from './button.js';

export interface EmptyStateProps {
  readonly title: string;
  /** Why there is nothing, and what would bring something here. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

export const EmptyState = ({ title, children, action }: EmptyStateProps) => (
  <div className="state">
    <p className="state-title">{title}</p>
    {children !== undefined && <div className="about">{children}</div>}
    {action}
  </div>
);

export interface FailedStateProps {
  readonly problem: unknown;
  readonly onRetry?: () => void;
}

/** What went wrong and what to do about it; the sentence of the node and the request's id for whoever looks into it. */
export const FailedState = ({ problem: thrown, onRetry }: FailedStateProps) => {
  const { say, sayIfKnown } = useTongue();
  const problem = asProblem(thrown);
  const place = useRef<HTMLDivElement>(null);
  // Asked again with success, its button is gone: the focus goes on in the content and not at the top of the page.
  useLayoutEffect(() => {
    const here = place.current;
    return () => {
      if (here?.contains(document.activeElement)) document.getElementById('content')?.focus({ preventScroll: true });
    };
  }, []);
  const kind = problem.status >= 500 ? 'server' : problem.status === 404 ? 'not-found' : 'refused';
  return (
    <div className="state state-failed" role="alert" ref={place}>
      <p className="state-title">
        <span aria-hidden="true">▲</span>{' '}
        {sayIfKnown(`common.problem.${problem.code}`) ?? say(`common.problem.${kind}`)}
      </p>
      <p>{sayIfKnown(`common.remedy.${problem.code}`) ?? say(`common.remedy.${kind}`)}</p>
      {problem.detail !== undefined && <p className="about">{problem.detail}</p>}
      <p className="about">
        <code>{problem.code}</code>
        {problem.instance !== undefined && <code>{problem.instance}</code>}
      </p>
      {onRetry !== undefined && <Button onPress={onRetry}>{say('common.action.retry')}</Button>}
    </div>
  );
};

export const Loading = () => {
  const { say } = useTongue();
  return (
    <p className="state loading" role="status">
      {say('common.loading')}
    </p>
  );
};
