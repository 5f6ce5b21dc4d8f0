import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FailedState, Loading } from './states.js';

export interface AnswerProps<Body> {
  readonly query: UseQueryResult<Body>;
  readonly children: (body: Body) => ReactNode;
}

/**
 * What a query brings: loading, failed with a button to try again, or its content. Content that is there stays while it is
 * asked for again, also when that fails: the failure is then shown above it.
 */
export const Answer = <Body,>({ query, children }: AnswerProps<Body>) => {
  const failed = query.error !== null && <FailedState problem={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return failed === false ? <Loading /> : failed;
  return (
    <>
      {failed}
      {children(query.data)}
    </>
  );
};
