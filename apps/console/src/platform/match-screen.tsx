import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useKeys } from '../app/keys.js';
import { useTongue } from '../app/tongue.js';
import { Answer, Badge, Beside, Button, ConfirmDialog, Facts, History, Page, Section, Time } from '../design/index.js';
import { Picture } from '../wellness/index.js';
import { matchTones } from './match-states.js';
import { decideMatch, matchQuery } from './queries.js';

const route = getRouteApi('/desk/platform/matches/$match');

type Decision = 'confirmed' | 'dismissed';

/** One match: what is known of the file, what was decided and by whom, and the decision beside it. */
export const MatchScreen = () => {
  const { say, number } = useTongue();
  const { match: id } = route.useParams();
  const query = useQuery(matchQuery(id));
  const client = useQueryClient();
  const [deciding, setDeciding] = useState<Decision>();
  // A key opens the question; only the button in it decides.
  useKeys(
    query.data?.state === 'waiting'
      ? [
          { keys: 'c', label: 'platform.match.confirm', run: () => setDeciding('confirmed') },
          { keys: 'd', label: 'platform.match.dismiss', run: () => setDeciding('dismissed') },
        ]
      : [],
  );
  return (
    <Page
      title={say('platform.match.title')}
      about={say('platform.match.about')}
      actions={
        <Link to="/desk/platform/matches" search={{ state: 'waiting' }}>
          {say('platform.match.back')}
        </Link>
      }
    >
      <Answer query={query}>
        {(match) => (
          <Beside
            aside={
              <>
                <Section title={say('platform.match.decision')}>
                  <p>
                    <Badge tone={matchTones[match.state]}>{say(`platform.state.${match.state}`)}</Badge>
                  </p>
                  {match.state === 'waiting' && (
                    <div className="actions">
                      <Button kind="danger" onPress={() => setDeciding('confirmed')} keyHint="c">
                        {say('platform.match.confirm')}
                      </Button>
                      <Button onPress={() => setDeciding('dismissed')} keyHint="d">
                        {say('platform.match.dismiss')}
                      </Button>
                    </div>
                  )}
                </Section>
                <Section title={say('common.history')}>
                  <History
                    events={match.history.map(({ id: event, at, actor, type, reason }) => ({
                      id: event,
                      at,
                      actor,
                      what: say(`platform.event.${type}`),
                      ...(reason !== null && { detail: reason }),
                    }))}
                  />
                </Section>
              </>
            }
          >
            <Section
              title={say('platform.match.file')}
              actions={
                <>
                  {match.stack !== null && (
                    <Link to="/desk/platform/stacks/$stack" params={{ stack: match.stack }} search={{ state: 'all' }}>
                      {say('platform.match.stack')}
                    </Link>
                  )}
                  <Link to="/desk/platform/draft" search={{ account: match.account }}>
                    {say('platform.draft.title')}
                  </Link>
                </>
              }
            >
              <Facts
                facts={[
                  { name: say('platform.match.account'), value: match.account },
                  { name: say('platform.match.name'), value: match.name },
                  { name: say('platform.match.found'), value: <Time at={match.foundAt} />, form: 'wide' },
                  { name: say('platform.match.list'), value: match.list },
                  {
                    name: say('platform.match.distance'),
                    value: match.kind === 'exact' ? say('platform.match.exact') : number(match.distance),
                  },
                  { name: 'SHA-256', value: match.sha256, form: 'code' },
                  { name: 'SHA-1', value: match.sha1, form: 'code' },
                  { name: 'MD5', value: match.md5, form: 'code' },
                ]}
              />
              <Picture
                key={id}
                at={`/platform/matches/${id}`}
                name={say(`platform.stack.picture-${match.kind}`, { list: match.list })}
                reason={say('platform.look.reason')}
              />
            </Section>
          </Beside>
        )}
      </Answer>
      {deciding !== undefined && (
        <ConfirmDialog
          title={say(`platform.match.ask-${deciding}`)}
          confirm={say(deciding === 'confirmed' ? 'platform.match.confirm' : 'platform.match.dismiss')}
          kind={deciding === 'confirmed' ? 'danger' : 'main'}
          onClose={() => setDeciding(undefined)}
          onConfirm={async (reason) => {
            await decideMatch(id, deciding, reason);
            await client.invalidateQueries({ queryKey: ['platform'] });
          }}
        >
          <p>{say(`platform.match.then-${deciding}`)}</p>
        </ConfirmDialog>
      )}
    </Page>
  );
};
