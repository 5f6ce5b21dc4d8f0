import { useQuery } from '@tanstack/react-query';
import { useSession } from '../app/session.js';
import { useTongue } from '../app/tongue.js';
import { Dialog } from '../design/index.js';
import { meQuery } from './queries.js';

/** Whom to talk to, in the words of the place. Nothing of it is recorded. */
export const TalkDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { say } = useTongue();
  return (
    <Dialog title={say('common.talk.title')} onClose={onClose}>
      <TalkText />
      <p className="about">{say('common.talk.unrecorded')}</p>
    </Dialog>
  );
};

export const TalkText = () => {
  const { say, language } = useTongue();
  const { data: me } = useQuery(meQuery(useSession().person));
  const named = me?.talkTo[language] ?? me?.talkTo.en ?? Object.values(me?.talkTo ?? {})[0];
  return <p>{named ?? say('common.talk.nobody')}</p>;
};
