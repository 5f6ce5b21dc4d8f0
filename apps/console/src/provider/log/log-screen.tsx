import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Page, Tabs } from '../../design/index.js';
import { logTabs } from '../states.js';
import { Coverage } from './coverage.js';
import { Rules } from './rules.js';
import { Segments } from './segments.js';
import { Sources } from './sources.js';

const route = getRouteApi('/desk/provider/log');
const contents = { coverage: <Coverage />, segments: <Segments />, sources: <Sources />, rules: <Rules /> } as const;

/** What the desk could answer from: which days are whole, what is kept until when, who logs, which rules need no log. */
export const LogScreen = () => {
  const { say } = useTongue();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={say('provider.log.title')} about={say('provider.log.about')}>
      <Tabs
        label={say('provider.log.title')}
        selected={tab}
        onSelect={(chosen) => void navigate({ search: (was) => ({ ...was, tab: chosen }) })}
        tabs={logTabs.map((id) => ({ id, title: say(`provider.log.${id}`), content: contents[id] }))}
      />
    </Page>
  );
};
