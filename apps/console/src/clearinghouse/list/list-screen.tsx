import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Button, Page, Tabs } from '../../design/index.js';
import { Alerts } from './alerts.js';
import { Candidates } from './candidates.js';
import { Entries } from './entries.js';
import { ListHealth } from './list-health.js';
import { listTabs } from './list-search.js';
import { Members } from './members.js';
import { Proposals } from './proposals.js';
import { ProposeDialog } from './propose-dialog.js';
import { Versions } from './versions.js';

const route = getRouteApi('/desk/clearinghouse/lists/$list');

/** One list of known fingerprints: what waits for a second reviewer, what stands on it, who has it, and its versions. */
export const ListScreen = () => {
  const { say } = useTongue();
  const { list } = route.useParams();
  const { tab = 'proposals' } = route.useSearch();
  const navigate = route.useNavigate();
  const [proposing, setProposing] = useState<'no' | 'yes'>('no');
  const content = {
    proposals: <Proposals list={list} />,
    candidates: <Candidates list={list} />,
    entries: <Entries list={list} />,
    members: <Members list={list} />,
    versions: <Versions list={list} />,
    alerts: <Alerts />,
  } as const;
  return (
    <Page
      title={say('clearinghouse.list.title', { list })}
      about={say('clearinghouse.list.about')}
      actions={
        <>
          <Link to="/desk/clearinghouse/lists">{say('clearinghouse.lists.title')}</Link>
          <Button kind="main" onPress={() => setProposing('yes')}>
            {say('clearinghouse.list.propose')}
          </Button>
        </>
      }
    >
      <ListHealth list={list} />
      <Tabs
        label={say('clearinghouse.list.title', { list })}
        selected={tab}
        onSelect={(chosen) => void navigate({ search: { tab: chosen } })}
        tabs={listTabs.map((id) => ({ id, title: say(`clearinghouse.list.tab.${id}`), content: content[id] }))}
      />
      {proposing === 'yes' && <ProposeDialog list={list} onClose={() => setProposing('no')} />}
    </Page>
  );
};
