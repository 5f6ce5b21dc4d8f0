import { useQuery } from '@tanstack/react-query';
import { useSession } from '../app/session.js';
import { useTongue } from '../app/tongue.js';
import { Answer, Badge, Beside, EmptyState, Facts, History, Page, Section } from '../design/index.js';
import { MoreTime } from './more-time.js';
import { MySettingsForm } from './my-settings.js';
import { meQuery } from './queries.js';
import { TalkText } from './talk-dialog.js';

/** What looking costs whoever sits here, and how files are shown to them. Nobody else is shown it. */
export const MeScreen = () => {
  const { say, sayIfKnown, number, duration } = useTongue();
  const { person } = useSession();
  const query = useQuery(meQuery(person));
  const page = { title: say('common.me.title'), about: say('common.me.about') };
  if (person === null) {
    return (
      <Page {...page}>
        <EmptyState title={say('common.problem.actor-needed')}>{say('common.remedy.actor-needed')}</EmptyState>
      </Page>
    );
  }
  return (
    <Page {...page}>
      <Answer query={query}>
        {(me) => (
          <Beside
            aside={
              <>
                <Section title={say('common.talk.title')}>
                  <TalkText />
                </Section>
                <Section title={say('common.outcomes.title')} about={say('common.outcomes.about')}>
                  {me.outcomes.length === 0 ? (
                    <EmptyState title={say('common.outcomes.none')}>{say('common.outcomes.none-why')}</EmptyState>
                  ) : (
                    <History
                      events={me.outcomes.map(({ outcomeId, happenedAt, kind, desk, subject }) => ({
                        id: outcomeId,
                        at: happenedAt,
                        actor: sayIfKnown(`${desk}.desk`) ?? desk,
                        what: say(`common.outcome.${kind}`),
                        detail: subject,
                      }))}
                    />
                  )}
                </Section>
              </>
            }
          >
            <Section title={say('common.me.today')}>
              <p>
                <Badge tone={me.limit === 'reached' ? 'alarm' : me.rest === 'due' ? 'waiting' : 'good'}>
                  {say(
                    me.limit === 'reached'
                      ? 'common.problem.over-limit'
                      : me.rest === 'due'
                        ? 'common.rest.due'
                        : 'common.me.within',
                  )}
                </Badge>
              </p>
              <Facts
                facts={[
                  { name: say('common.me.looks'), value: number(me.looks) },
                  { name: say('common.me.seen'), value: duration(me.seconds) },
                  { name: say('common.me.limit'), value: duration(me.limitSeconds) },
                  { name: say('common.me.worked'), value: duration(me.workedSeconds) },
                  { name: say('common.me.work'), value: duration(me.workSeconds) },
                  { name: say('common.me.day'), value: `${me.day} (${me.timeZone})` },
                ]}
              />
              {me.limit === 'reached' && <MoreTime />}
            </Section>
            <MySettingsForm me={me} />
          </Beside>
        )}
      </Answer>
    </Page>
  );
};
