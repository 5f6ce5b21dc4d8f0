import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Page, Tabs } from '../../design/index.js';
import { casesTabs } from '../tabs.js';
import { Deadlines } from './deadlines.js';
import { FilterTeam } from './filter-team.js';
import { Freezes } from './freezes.js';
import { Roles } from './roles.js';

const route = getRouteApi('/desk/oversight/cases');
const contents = { deadlines: <Deadlines />, freezes: <Freezes />, filter: <FilterTeam />, roles: <Roles /> } as const;

/** What binds the cases of all desks: deadlines of authorities, freezes, the filter team, who has which role. */
export const CasesScreen = () => {
  const { say } = useTongue();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={say('oversight.cases.title')} about={say('oversight.cases.about')}>
      <Tabs
        label={say('oversight.cases.title')}
        selected={tab}
        onSelect={(chosen) => void navigate({ search: { tab: chosen } })}
        tabs={casesTabs.map((id) => ({ id, title: say(`oversight.cases.${id}`), content: contents[id] }))}
      />
    </Page>
  );
};
