import { Outlet, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { WalkBar } from '../walk/walk-bar.js';
import { RestNotice } from '../wellness/rest-notice.js';
import { allDesks } from './all-desks.js';
import { DeskLinks } from './desk-links.js';
import { JumpDialog } from './jump-dialog.js';
import { KeyHelp } from './key-help.js';
import { useKeys } from './keys.js';
import { useLive } from './live.js';
import { openDesks } from './navigation.js';
import { PersonDialog } from './person-dialog.js';
import { useSession } from './session.js';
import { SignIn } from './sign-in.js';
import { useTheme } from './theme.js';
import { useTongue } from './tongue.js';
import { TopBar } from './top-bar.js';

type Open = 'nothing' | 'jump' | 'keys' | 'person';

/** What is around every screen: navigation by desk, the bar on top, and what opens over both. */
export const Shell = () => {
  const { say } = useTongue();
  const { key, person } = useSession();
  const { status } = useLive();
  const theme = useTheme();
  const navigate = useNavigate();
  const desks = openDesks(allDesks, status);
  const [open, setOpen] = useState<Open>(person === null ? 'person' : 'nothing');
  const places = desks.flatMap(({ items }) => items);
  useKeys([
    { keys: '?', label: 'common.keys.help', run: () => setOpen('keys') },
    { keys: 'Mod+k', label: 'common.keys.jump', run: () => setOpen('jump') },
    { keys: 'g o', label: 'common.overview', run: () => void navigate({ to: '/' }) },
    ...places.flatMap(({ keys, label, to }) =>
      keys === undefined ? [] : [{ keys, label, run: () => void navigate({ to }) }],
    ),
  ]);
  if (key === null) return <SignIn />;
  const close = () => setOpen('nothing');
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {say('common.skip')}
      </a>
      <TopBar
        theme={theme}
        onPerson={() => setOpen('person')}
        onJump={() => setOpen('jump')}
        onKeys={() => setOpen('keys')}
      />
      <DeskLinks desks={desks} />
      <main id="content" className="content" tabIndex={-1}>
        <WalkBar />
        <RestNotice />
        <Outlet />
      </main>
      {open === 'jump' && <JumpDialog desks={desks} onClose={close} />}
      {open === 'keys' && <KeyHelp onClose={close} />}
      {open === 'person' && <PersonDialog onClose={close} />}
    </div>
  );
};
