import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReportAddressesBody, ReportStatementBody } from '@tutela/investigator-desk/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Answer, Button, ConfirmDialog, EmptyState, Facts, Section } from '../../design/index.js';
import { CasePage } from '../case-page.js';
import { AddressStatement } from './address-statement.js';
import { AddressTable } from './address-table.js';
import { addressesQuery, takeAddresses } from './queries.js';
import { clockErrorOf, emptyStatement } from './statement-draft.js';

const route = getRouteApi('/desk/investigator/cases/$case/reports/$report/addresses');

/** The addresses of a report become observations: what it leaves unsaid is stated first, and what comes of each is shown. */
export const AddressesScreen = () => {
  const { say } = useTongue();
  const { case: caseRef, report } = route.useParams();
  const [draft, setDraft] = useState(emptyStatement);
  const clockError = clockErrorOf(draft);
  const { protocol, documentation } = draft;
  const stated: ReportStatementBody = { protocol, documentation, clockError: clockError ?? 'unknown' };
  const query = useQuery(addressesQuery(caseRef, report, stated));
  const number = query.data?.reportNumber;
  return (
    <CasePage
      caseRef={caseRef}
      title={
        number === undefined
          ? say('investigator.addresses.of-a-report')
          : say('investigator.addresses.title', { number })
      }
      about={say('investigator.addresses.about')}
    >
      <Answer query={query}>
        {(body) =>
          body.addresses.length === 0 ? (
            <EmptyState title={say('investigator.addresses.none')}>
              {say('investigator.addresses.none-why')} <code>tutela order observations {caseRef}</code>
            </EmptyState>
          ) : (
            <div className="sections">
              {body.taken === null ? (
                <Section title={say('investigator.addresses.state')}>
                  <AddressStatement draft={draft} onChange={setDraft} />
                </Section>
              ) : (
                <Taken caseRef={caseRef} taken={body.taken} />
              )}
              <Becoming
                caseRef={caseRef}
                report={report}
                stated={stated}
                form={clockError === undefined ? 'malformed' : 'complete'}
                body={body}
              />
            </div>
          )
        }
      </Answer>
    </CasePage>
  );
};

interface TakenProps {
  readonly caseRef: string;
  readonly taken: NonNullable<ReportAddressesBody['taken']>;
}

const Taken = ({ caseRef, taken: { at, by, stated } }: TakenProps) => {
  const { say, moment, number } = useTongue();
  const { protocol, clockError, documentation } = stated;
  return (
    <div role="status">
      <Section title={say('investigator.addresses.taken', { at: moment(at), by })}>
        <Facts
          facts={[
            {
              name: say('investigator.addresses.protocol'),
              value: say(`investigator.addresses.protocol-${protocol}`),
            },
            {
              name: say('investigator.observation.clock'),
              value:
                clockError === 'unknown'
                  ? say('investigator.observation.clock-unknown')
                  : say('investigator.observation.clock-error', { seconds: number(Number(clockError)) }),
            },
            {
              name: say('investigator.addresses.documentation'),
              value: say(`investigator.addresses.documentation-${documentation}`),
            },
          ]}
        />
        <p>
          {say('investigator.addresses.taken-then')}{' '}
          <Link to="/desk/investigator/cases/$case/orders" params={{ case: caseRef }}>
            {say('investigator.addresses.to-orders')}
          </Link>
        </p>
      </Section>
    </div>
  );
};

interface BecomingProps {
  readonly caseRef: string;
  readonly report: string;
  readonly stated: ReportStatementBody;
  readonly form: 'complete' | 'malformed';
  readonly body: ReportAddressesBody;
}

const Becoming = ({ caseRef, report, stated, form, body }: BecomingProps) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const [asking, setAsking] = useState<'nothing' | 'take'>('nothing');
  const { addresses, taken, reportNumber: number } = body;
  const count = (what: ReportAddressesBody['addresses'][number]['becomes']): number =>
    addresses.filter(({ becomes }) => becomes === what).length;
  const usable = count('observation');
  const repeated = count('repeated');
  return (
    <Section
      title={say('investigator.addresses.becomes')}
      about={say('investigator.addresses.sum', { usable, repeated, refused: count('refused') })}
      actions={
        taken === null && (
          <Button
            kind="main"
            state={usable === 0 || form === 'malformed' ? 'disabled' : 'ready'}
            onPress={() => setAsking('take')}
          >
            {say('investigator.addresses.take')}
          </Button>
        )
      }
    >
      {repeated > 0 && <p>{say('investigator.addresses.repeated-means')}</p>}
      <AddressTable addresses={addresses} />
      {asking === 'take' && (
        <ConfirmDialog
          title={say('investigator.addresses.take-ask', { number })}
          confirm={say('investigator.addresses.take')}
          reason="none"
          onClose={() => setAsking('nothing')}
          onConfirm={async () => {
            await takeAddresses(caseRef, report, stated);
            await client.invalidateQueries({ queryKey: ['investigator'] });
          }}
        >
          <p>{say('investigator.addresses.sum', { usable, repeated, refused: count('refused') })}</p>
          <p>{say('investigator.addresses.take-then')}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
};
