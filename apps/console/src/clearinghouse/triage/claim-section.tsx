import { useQueryClient } from '@tanstack/react-query';
import type { QueueItem } from '@tutela/clearinghouse-desk/api';
import { useEffect, useState } from 'react';
import { useKeys } from '../../app/keys.js';
import { useSession } from '../../app/session.js';
import { useTongue } from '../../app/tongue.js';
import { Button, FailedState } from '../../design/index.js';
import { claim, markRead, release } from './queries.js';

/** Who is at work on an item. Anybody may end a claim: people go home. To have looked at it marks it as read. */
export const ClaimSection = ({ item: { item, claimedBy } }: { readonly item: QueueItem }) => {
  const { say } = useTongue();
  const { person } = useSession();
  const client = useQueryClient();
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    if (person !== null) void markRead(item).catch(() => undefined);
  }, [item, person]);
  const act = async () => {
    try {
      setProblem(undefined);
      await (claimedBy === null ? claim(item) : release(item));
      await client.invalidateQueries({ queryKey: ['clearinghouse'] });
    } catch (error) {
      setProblem(error);
    }
  };
  const label = claimedBy === null ? 'clearinghouse.claim.take' : 'clearinghouse.claim.release';
  useKeys([{ keys: 'w', label, run: () => void act() }]);
  return (
    <>
      <p>
        {claimedBy === null ? say('clearinghouse.claim.nobody') : say('clearinghouse.claim.by', { person: claimedBy })}
      </p>
      <div className="actions">
        <Button onPress={() => void act()} keyHint="w">
          {say(label)}
        </Button>
      </div>
      {problem !== undefined && <FailedState problem={problem} />}
    </>
  );
};
