import { Link } from '@tanstack/react-router';
import { allDesks } from '../app/all-desks.js';
import { useLive } from '../app/live.js';
import { openDesks } from '../app/navigation.js';
import { useTongue } from '../app/tongue.js';
import { Loading, Page, Section } from '../design/index.js';
import { DeskState } from './desk-state.js';
import { LedgerState } from './ledger-state.js';

/** The page after the start: what each desk is, and how this node does. */
export const OverviewScreen = () => {
  const { say } = useTongue();
  const { status } = useLive();
  if (status === undefined) return <Loading />;
  return (
    <Page title={say('common.overview.title')} about={say('common.overview.about')}>
      <div className="desks">
        {openDesks(allDesks, status).map(({ desk, title, about, items }) => (
          <Section key={desk} title={say(title)} about={say(about)}>
            {desk === 'always' ? (
              <LedgerState ledger={status.ledger} />
            ) : (
              <DeskState status={status.desks.find(({ name }) => name === desk)} />
            )}
            <ul className="ways">
              {items.map(({ to, label }) => (
                <li key={to}>
                  <Link to={to}>{say(label)}</Link>
                </li>
              ))}
              {desk === 'always' && (
                <li>
                  <a href="/approvals">{say('common.approvals')}</a>
                </li>
              )}
            </ul>
          </Section>
        ))}
      </div>
    </Page>
  );
};
