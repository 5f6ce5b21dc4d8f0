import type { ReportItemBody } from '@tutela/clearinghouse-desk/api';
import { useTongue } from '../../app/tongue.js';
import { History, Section } from '../../design/index.js';
import { useFactWords } from './fact-words.js';
import { textIn, told } from './told.js';

/** What was done to a report or bundle, and what each said of it. */
export const TriageHistory = ({ events }: { readonly events: ReportItemBody['history'] }) => {
  const { say, sayIfKnown } = useTongue();
  const words = useFactWords();
  return (
    <Section title={say('common.history')}>
      <History
        events={events
          .map(({ type, actor, at, said }, nth) => ({
            id: `${nth}`,
            at,
            actor: actor.replace(/([0-9a-f]{8})-[0-9a-f-]{27}/, '$1…'),
            what: sayIfKnown(`clearinghouse.event.${type.replace('clearinghouse.', '')}`) ?? type,
            ...(textIn(told(said).reason) !== null && { detail: words.reason(textIn(told(said).reason) ?? '') }),
          }))
          .toReversed()}
      />
    </Section>
  );
};
