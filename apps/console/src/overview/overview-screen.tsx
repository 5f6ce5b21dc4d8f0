import { Link } from '@tanstack/react-router';
import { allDesks } from '../app/all-desks.js';
import { useLive } from '../app/live.js';
import { openDesks } from '../app/navigation.js';
import { useTongue } from '../app/tongue.js';
import { HandleFirst } from '../clearinghouse/triage/handle-first.js';
import { Button, Loading, Page, Section } from '../design/index.js';
import { walkTo } from '../walk/progress.js';
import { WalkOffer } from '../walk/walk-offer.js';
import { DeskState } from './desk-state.js';
import { LedgerState } from './ledger-state.js';

/** The page after the start: what each desk is, and how this node does. */
export const OverviewScreen = () => {
  const { say } = useTongue();
  const { status } = useLive();
  if (status === undefined) return <Loading />;
  return (
    <Page
      title={say('common.overview.title')}
      about={say('common.overview.about')}
      actions={
        <Button kind="main" onPress={() => walkTo('upload')}>
          {say('common.walk.start')}
        </Button>
      }
    >
      {status.kind === 'demonstration' && (
        <Section title={say('common.demonstration.title')} about={say('common.demonstration.text')}>
          {null}
        </Section>
      )}
      {status.desks.some(({ name }) => name === 'clearinghouse') && <HandleFirst />}
      <div className="desks">
        {openDesks(allDesks, status).map(({ desk, title, about, items }) => (
          <Section key={title} title={say(title)} about={say(about)}>
            {title === 'oversight.desk' && <LedgerState ledger={status.ledger} />}
            {desk !== 'always' && <DeskState status={status.desks.find(({ name }) => name === desk)} />}
            <ul className="ways">
              {items.map(({ to, label }) => (
                <li key={to}>
                  <Link to={to}>{say(label)}</Link>
                </li>
              ))}
            </ul>
          </Section>
        ))}
      </div>
      <WalkOffer />
    </Page>
  );
};
