import type { ReportItemBody } from '@tutela/clearinghouse-desk/api';
import { useTongue } from '../../app/tongue.js';
import { History, Section } from '../../design/index.js';
import { textIn, told } from './told.js';

/** What was done to a report or bundle, and what each said of it. */
export const TriageHistory = ({ events }: { readonly events: ReportItemBody['history'] }) => {
  const { say, sayIfKnown } = useTongue();
  return (
    <Section title={say('common.history')}>
      <History
        events={events
          .map(({ type, actor, at, said }, nth) => ({
            id: `${nth}`,
            at,
            actor,
            what: sayIfKnown(`clearinghouse.event.${type.replace('clearinghouse.', '')}`) ?? type,
            ...(textIn(told(said).reason) !== null && { detail: textIn(told(said).reason) }),
          }))
          .toReversed()}
      />
    </Section>
  );
};
