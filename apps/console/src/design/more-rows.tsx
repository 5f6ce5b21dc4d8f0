import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useTongue } from '../app/tongue.js';
import { Button } from './button.js';

/** The way to the following page of a list that is read page by page; nothing where the last is shown. */
export const MoreRows = ({
  query,
}: {
  readonly query: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
}) => {
  const { say } = useTongue();
  if (!query.hasNextPage) return null;
  return (
    <div className="actions">
      <Button state={query.isFetchingNextPage ? 'busy' : 'ready'} onPress={() => void query.fetchNextPage()}>
        {say('common.action.more')}
      </Button>
    </div>
  );
};
