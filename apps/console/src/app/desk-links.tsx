import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { Button } from '../design/index.js';
import type { DeskNavigation } from './navigation.js';
import { useTongue } from './tongue.js';

/** The way to every screen, by desk. On a narrow window it is behind a button, so that the page begins with its content. */
export const DeskLinks = ({ desks }: { readonly desks: readonly DeskNavigation[] }) => {
  const { say } = useTongue();
  const id = useId();
  const [menu, setMenu] = useState<'closed' | 'open'>('closed');
  const close = () => setMenu('closed');
  return (
    <nav className="navigation" aria-label={say('common.navigation')}>
      <div className="menu-button">
        <Button kind="quiet" expands={{ id, state: menu }} onPress={() => setMenu(menu === 'open' ? 'closed' : 'open')}>
          <span aria-hidden="true">☰</span> {say('common.menu')}
        </Button>
      </div>
      <div id={id} className="menu" data-menu={menu}>
        <Link to="/" activeOptions={{ exact: true }} onClick={close}>
          {say('common.overview')}
        </Link>
        {desks
          .filter(({ items }) => items.length > 0)
          .map(({ title, items }) => (
            <div key={title}>
              <h2>{say(title)}</h2>
              <ul>
                {items.map(({ to, label }) => (
                  <li key={to}>
                    <Link
                      to={to}
                      activeOptions={{ exact: items.some((other) => other.to.startsWith(`${to}/`)) }}
                      onClick={close}
                    >
                      {say(label)}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          ))}
      </div>
    </nav>
  );
};
