import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../app/session.js';
import { useTongue } from '../app/tongue.js';
import { Button, ConfirmDialog, FailedState } from '../design/index.js';
import { askForMore, takeMore } from './queries.js';

const minutes = 30;

/** Past the limit: two other people can add to the day. What they have to approve is told by its digest. */
export const MoreTime = () => {
  const { say } = useTongue();
  const { person } = useSession();
  const client = useQueryClient();
  const [asking, setAsking] = useState<'no' | 'yes'>('no');
  const [digest, setDigest] = useState<string>();
  const taking = useMutation({
    mutationFn: (asked: string) => takeMore(asked),
    onSuccess: () => client.invalidateQueries({ queryKey: ['exposure'] }),
  });
  if (person === null) return null;
  return (
    <>
      {digest === undefined ? (
        <Button onPress={() => setAsking('yes')}>{say('common.more.ask', { minutes })}</Button>
      ) : (
        <>
          <p>
            {say('common.more.asked')} <code>{digest}</code>
          </p>
          <Button onPress={() => taking.mutate(digest)} state={taking.isPending ? 'busy' : 'ready'}>
            {say('common.more.take')}
          </Button>
        </>
      )}
      {taking.error !== null && <FailedState problem={taking.error} />}
      {asking === 'yes' && (
        <ConfirmDialog
          title={say('common.more.ask', { minutes })}
          confirm={say('common.more.send')}
          onClose={() => setAsking('no')}
          onConfirm={async (reason) => setDigest((await askForMore(person, minutes * 60, reason)).digest)}
        >
          <p>{say('common.more.then')}</p>
        </ConfirmDialog>
      )}
    </>
  );
};
