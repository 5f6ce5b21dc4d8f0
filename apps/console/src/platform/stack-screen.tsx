import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useKeys } from '../app/keys.js';
import { useTongue } from '../app/tongue.js';
import { Answer, Badge, Beside, Button, ConfirmDialog, Facts, Page, Section, Time } from '../design/index.js';
import { Picture } from '../wellness/index.js';
import { skip } from '../wellness/queries.js';
import { matchTones } from './match-states.js';
import { StackHistory } from './stack-history.js';
import { StackMembers } from './stack-members.js';
import { besideQuery, decideStack, reverseStack, type StackBody, stackQuery } from './stack-queries.js';

const route = getRouteApi('/desk/platform/stacks/$stack');

type Question = 'confirmed' | 'dismissed' | 'reversed';

/** One stack: what is known of it, one look at most, one decision for all of it, what was decided before. */
export const StackScreen = () => {
  const { say } = useTongue();
  const { stack: id } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const query = useQuery(stackQuery(id));
  const beside = useQuery(besideQuery(id, search));
  const [question, setQuestion] = useState<Question>();
  const go = (stack: string | null | undefined) => {
    if (stack != null) void navigate({ to: '/desk/platform/stacks/$stack', params: { stack }, search });
  };
  const pass = async () => {
    await skip('platform', `stack/${id}`);
    await client.invalidateQueries({ queryKey: ['platform', 'stacks'] });
    if (beside.data?.after == null) void navigate({ to: '/desk/platform/stacks', search });
    else go(beside.data.after);
  };
  const stack = query.data;
  const reversible = stack?.earlier?.basis === 'review';
  useKeys([
    { keys: 'j', label: 'platform.stack.next', run: () => go(beside.data?.after) },
    { keys: 'k', label: 'platform.stack.previous', run: () => go(beside.data?.before) },
    ...(stack !== undefined && stack.waiting > 0
      ? [
          { keys: '1', label: 'platform.match.confirm', run: () => setQuestion('confirmed') } as const,
          { keys: '2', label: 'platform.match.dismiss', run: () => setQuestion('dismissed') } as const,
          { keys: 's', label: 'platform.stack.skip', run: () => void pass() } as const,
        ]
      : []),
    ...(reversible ? [{ keys: 'u', label: 'platform.stack.undo', run: () => setQuestion('reversed') } as const] : []),
  ]);
  return (
    <Page
      title={say('platform.stack.title')}
      about={say('platform.stack.about')}
      actions={
        <>
          <Button
            onPress={() => go(beside.data?.before)}
            keyHint="k"
            state={beside.data?.before == null ? 'disabled' : 'ready'}
          >
            {say('platform.stack.previous')}
          </Button>
          <Button
            onPress={() => go(beside.data?.after)}
            keyHint="j"
            state={beside.data?.after == null ? 'disabled' : 'ready'}
          >
            {say('platform.stack.next')}
          </Button>
          <Link to="/desk/platform/stacks" search={search}>
            {say('platform.stack.back')}
          </Link>
        </>
      }
    >
      <Answer query={query}>
        {(shown) => (
          <Beside
            aside={
              <>
                <Section title={say('platform.match.decision')}>
                  <Standing stack={shown} />
                  <div className="actions">
                    {shown.waiting > 0 && (
                      <>
                        <Button kind="danger" onPress={() => setQuestion('confirmed')} keyHint="1">
                          {say('platform.match.confirm')}
                        </Button>
                        <Button onPress={() => setQuestion('dismissed')} keyHint="2">
                          {say('platform.match.dismiss')}
                        </Button>
                        <Button kind="quiet" onPress={() => void pass()} keyHint="s">
                          {say('platform.stack.skip')}
                        </Button>
                      </>
                    )}
                    {shown.earlier?.basis === 'review' && (
                      <Button onPress={() => setQuestion('reversed')} keyHint="u">
                        {say('platform.stack.undo')}
                      </Button>
                    )}
                  </div>
                </Section>
                <StackHistory id={id} />
              </>
            }
          >
            <Section title={say('platform.stack.known')}>
              <Facts
                facts={[
                  { name: say('platform.stack.kind'), value: say(`platform.kind.${shown.kind}`) },
                  { name: say('platform.match.list'), value: shown.list },
                  { name: say('platform.stack.members'), value: shown.members },
                  { name: say('platform.stack.accounts'), value: shown.accounts },
                  { name: say('platform.stack.files'), value: shown.files },
                  { name: say('platform.stack.last-found'), value: <Time at={shown.lastFoundAt} /> },
                ]}
              />
              <p className="about">{say(`platform.stack.why-${shown.kind}`)}</p>
              <Picture
                key={shown.top}
                at={`/platform/matches/${shown.top}`}
                name={say(`platform.stack.picture-${shown.kind}`, { list: shown.list })}
                reason={say('platform.look.reason')}
                looks={shown.views}
              />
            </Section>
            <StackMembers id={id} />
          </Beside>
        )}
      </Answer>
      {question !== undefined && stack !== undefined && (
        <ConfirmDialog
          title={say(`platform.stack.ask-${question}`, { count: stack.waiting })}
          confirm={say(question === 'reversed' ? 'platform.stack.undo' : `platform.stack.do-${question}`)}
          kind={question === 'confirmed' ? 'danger' : 'main'}
          onClose={() => setQuestion(undefined)}
          onConfirm={async (reason) => {
            await (question === 'reversed' ? reverseStack(id, reason) : decideStack(id, question, reason));
            await client.invalidateQueries({ queryKey: ['platform'] });
          }}
        >
          <p>{say(`platform.stack.then-${question}`, { count: stack.waiting, accounts: stack.accounts })}</p>
        </ConfirmDialog>
      )}
    </Page>
  );
};

const Standing = ({ stack }: { readonly stack: StackBody }) => {
  const { say, number } = useTongue();
  return (
    <p className="actions">
      {(['waiting', 'confirmed', 'dismissed'] as const)
        .filter((state) => stack[state] > 0)
        .map((state) => (
          <Badge key={state} tone={matchTones[state]}>
            {number(stack[state])} {say(`platform.state.${state}`)}
          </Badge>
        ))}
    </p>
  );
};
