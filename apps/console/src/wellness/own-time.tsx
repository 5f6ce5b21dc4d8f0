import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useKeys } from '../app/keys.js';
import { useSession } from '../app/session.js';
import { useTongue } from '../app/tongue.js';
import { Button } from '../design/index.js';
import { TalkDialog } from './talk-dialog.js';
import { TodayClock } from './today-clock.js';

/** In the bar on top of every screen: one's own clock, and somebody to talk to, one key away. */
export const OwnTime = () => {
  const { say } = useTongue();
  const { person } = useSession();
  const [talking, setTalking] = useState<'no' | 'yes'>('no');
  useKeys([{ keys: 't', label: 'common.talk.title', run: () => setTalking('yes') }]);
  return (
    <>
      {person !== null && (
        <Link to="/desk/me" className="own-time">
          <TodayClock form="short" unknown={say('common.me.title')} />
        </Link>
      )}
      <Button kind="quiet" onPress={() => setTalking('yes')} keyHint="t">
        {say('common.talk.title')}
      </Button>
      {talking === 'yes' && <TalkDialog onClose={() => setTalking('no')} />}
    </>
  );
};
