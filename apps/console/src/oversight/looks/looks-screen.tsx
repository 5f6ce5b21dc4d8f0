import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Page, Tabs } from '../../design/index.js';
import { looksTabs } from '../tabs.js';
import { Looks } from './looks.js';
import { Overrides } from './overrides.js';
import { Team } from './team.js';

const route = getRouteApi('/desk/oversight/looks');
const contents = { looks: <Looks />, team: <Team />, overrides: <Overrides /> } as const;

/** Who saw what, when and why; what it costs the team, in sums that tell of nobody; who was given more time. */
export const LooksScreen = () => {
  const { say } = useTongue();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={say('oversight.looks.title')} about={say('oversight.looks.about')}>
      <Tabs
        label={say('oversight.looks.title')}
        selected={tab}
        onSelect={(chosen) => void navigate({ search: (was) => ({ ...was, tab: chosen }) })}
        tabs={looksTabs.map((id) => ({ id, title: say(`oversight.looks.${id}`), content: contents[id] }))}
      />
    </Page>
  );
};
