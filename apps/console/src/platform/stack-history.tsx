import { useQuery } from '@tanstack/react-query';
import { useTongue } from '../app/tongue.js';
import { Answer, History, Section } from '../design/index.js';
import { stackHistoryQuery } from './stack-queries.js';

/** What was decided on a stack, what was taken back, who looked. */
export const StackHistory = ({ id }: { readonly id: string }) => {
  const { say } = useTongue();
  return (
    <Section title={say('common.history')}>
      <Answer query={useQuery(stackHistoryQuery(id))}>
        {({ events }) => (
          <History
            events={events.map(({ id: event, at, actor, type, reason, matches }) => ({
              id: event,
              at,
              actor,
              what: say('platform.stack.event', { what: say(`platform.event.${type}`), matches }),
              ...(reason !== null && { detail: reason }),
            }))}
          />
        )}
      </Answer>
    </Section>
  );
};
