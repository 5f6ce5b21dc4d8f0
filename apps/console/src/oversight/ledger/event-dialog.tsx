import { useTongue } from '../../app/tongue.js';
import { Dialog, Facts, Time } from '../../design/index.js';
import type { EventRow } from '../queries.js';

/** One entry of the record with its place and its leaf. */
export const EventDialog = ({ event, onClose }: { readonly event: EventRow; readonly onClose: () => void }) => {
  const { say, number } = useTongue();
  return (
    <Dialog title={event.type} onClose={onClose}>
      <Facts
        facts={[
          { name: say('oversight.events.index'), value: number(event.index) },
          { name: say('oversight.events.at'), value: <Time at={event.at} /> },
          { name: say('oversight.events.actor'), value: event.actor },
          { name: say('oversight.approvals.case'), value: event.caseRef },
          {
            name: say('oversight.events.case-seq'),
            value: event.caseSeq === null ? null : number(event.caseSeq),
          },
          { name: say('oversight.events.subjects'), value: event.subjects.join('\n'), form: 'code' },
          { name: say('oversight.events.leaf'), value: event.leafHash, form: 'code' },
        ]}
      />
      <p className="about">{say('oversight.events.leaf-why')}</p>
    </Dialog>
  );
};
