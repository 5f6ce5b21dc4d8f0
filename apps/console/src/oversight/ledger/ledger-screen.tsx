import { useQuery } from '@tanstack/react-query';
import { useLive } from '../../app/live.js';
import type { LedgerStatus } from '../../app/node-status.js';
import { useTongue } from '../../app/tongue.js';
import { Answer, EmptyState, Loading, Page, Section } from '../../design/index.js';
import { LedgerState } from '../../overview/ledger-state.js';
import { checkpointQuery } from '../queries.js';
import { Stamps } from './stamps.js';
import { Witnesses } from './witnesses.js';

const Checkpoint = () => {
  const { say } = useTongue();
  const query = useQuery(checkpointQuery);
  return (
    <Answer query={query}>
      {(note) => (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard (WCAG 2.1.1)
        <section className="scroll" tabIndex={0} aria-label={say('oversight.ledger.note')}>
          <pre>{note}</pre>
        </section>
      )}
    </Answer>
  );
};

const State = ({ ledger }: { readonly ledger: LedgerStatus }) => {
  const { say } = useTongue();
  return (
    <>
      <Section title={say('oversight.ledger.now')}>
        <LedgerState ledger={ledger} />
      </Section>
      <Section title={say('oversight.ledger.witnesses')} about={say('oversight.ledger.witnesses-why')}>
        <Witnesses witnesses={ledger.witnesses} />
      </Section>
      <Section title={say('oversight.ledger.stamps')} about={say('oversight.ledger.stamps-why')}>
        <Stamps stamps={ledger.timestamps} />
      </Section>
      <Section title={say('oversight.ledger.checkpoint')} about={say('oversight.ledger.checkpoint-why')}>
        {ledger.size === 0 ? <EmptyState title={say('oversight.ledger.unsigned')} /> : <Checkpoint />}
      </Section>
      <Section title={say('oversight.ledger.check')} about={say('oversight.ledger.check-why')}>
        <p>
          <code>tutela ledger check</code>
        </p>
      </Section>
    </>
  );
};

/** Whether the record of acts is whole: what was signed, who else signed it, and how to check all of it. */
export const LedgerScreen = () => {
  const { say } = useTongue();
  const { status } = useLive();
  return (
    <Page title={say('oversight.ledger.title')} about={say('oversight.ledger.about')}>
      {status === undefined ? <Loading /> : <State ledger={status.ledger} />}
    </Page>
  );
};
