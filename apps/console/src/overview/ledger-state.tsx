import type { LedgerStatus } from '../app/node-status.js';
import { useTongue } from '../app/tongue.js';
import { Badge, Facts, Time } from '../design/index.js';

/** The record of all acts: how long it is, when it was last signed, whether it still takes entries. */
export const LedgerState = ({ ledger }: { readonly ledger: LedgerStatus }) => {
  const { say, number } = useTongue();
  const { sequencer } = ledger;
  return (
    <>
      {sequencer?.state === 'refused' && (
        <p role="alert">
          <Badge tone="alarm">{say('common.ledger.refused')}</Badge> {sequencer.reason}
        </p>
      )}
      <Facts
        facts={[
          { name: say('common.ledger.size'), value: number(ledger.size) },
          { name: say('common.ledger.pending'), value: number(ledger.pending) },
          {
            name: say('common.ledger.witnesses'),
            value: number(Array.isArray(ledger.witnesses) ? ledger.witnesses.length : 0),
          },
          { name: say('common.ledger.signed-at'), value: <Time at={ledger.signedAt} />, form: 'wide' },
        ]}
      />
    </>
  );
};
