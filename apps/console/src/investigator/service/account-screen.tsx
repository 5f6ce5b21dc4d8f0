import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { AccountFileBody } from '@tutela/investigator-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, DataTable, EmptyState, Section, Time } from '../../design/index.js';
import { CasePage } from '../case-page.js';
import { accountQuery } from './queries.js';

const route = getRouteApi('/desk/investigator/cases/$case/accounts/$account');

/** One account: from where it was used, and for every file sent to it whether it was asked for, opened or reported. */
export const AccountScreen = () => {
  const { say } = useTongue();
  const { case: caseRef, account } = route.useParams();
  const params = { case: caseRef };
  return (
    <CasePage
      caseRef={caseRef}
      title={say('investigator.account.title', { account })}
      about={say('investigator.account.about')}
      actions={
        <>
          <Link to="/desk/investigator/cases/$case/items" params={params} search={{ account }}>
            {say('investigator.account.files')}
          </Link>
          <Link to="/desk/investigator/cases/$case/knowledge" params={params} search={{ account }}>
            {say('investigator.account.knowledge')}
          </Link>
        </>
      }
    >
      <Answer query={useQuery(accountQuery(caseRef, account))}>
        {(file) => (
          <>
            <Addresses {...file} />
            <Receipts {...file} caseRef={caseRef} />
          </>
        )}
      </Answer>
    </CasePage>
  );
};

const Addresses = ({ addresses }: AccountFileBody) => {
  const { say, number, country: nameOf } = useTongue();
  return (
    <Section title={say('investigator.account.addresses')} about={say('investigator.account.addresses-about')}>
      {addresses.length === 0 ? (
        <EmptyState title={say('investigator.account.no-addresses')} />
      ) : (
        <DataTable
          caption={say('investigator.account.addresses-caption')}
          rows={addresses}
          rowKey={({ address }) => address}
          columns={[
            { id: 'address', header: say('investigator.address'), cell: ({ address }) => <code>{address}</code> },
            {
              id: 'country',
              header: say('common.map.country'),
              cell: ({ country }) => (country === null ? say('common.map.unknown') : nameOf(country)),
            },
            {
              id: 'accesses',
              header: say('investigator.users.accesses'),
              align: 'end',
              cell: ({ accesses }) => number(accesses),
            },
            {
              id: 'port',
              header: say('investigator.account.with-port'),
              align: 'end',
              cell: ({ withPort }) => number(withPort),
            },
            { id: 'first', header: say('investigator.first'), cell: ({ firstAt }) => <Time at={firstAt} /> },
            { id: 'last', header: say('investigator.last'), cell: ({ lastAt }) => <Time at={lastAt} /> },
          ]}
        />
      )}
    </Section>
  );
};

const Receipts = ({ receipts, caseRef }: AccountFileBody & { readonly caseRef: string }) => {
  const { say } = useTongue();
  return (
    <Section title={say('investigator.receipts.title')} about={say('investigator.receipts.about')}>
      {receipts.length === 0 ? (
        <EmptyState title={say('investigator.receipts.none')} />
      ) : (
        <DataTable
          caption={say('investigator.receipts.caption')}
          rows={receipts}
          rowKey={({ itemId, line }) => `${itemId} ${line}`}
          columns={[
            {
              id: 'direction',
              header: say('investigator.receipts.direction'),
              cell: ({ direction }) => say(`investigator.receipt.${direction}`),
            },
            {
              id: 'with',
              header: say('investigator.receipts.with'),
              cell: (row) => (
                <Link
                  to="/desk/investigator/cases/$case/accounts/$account"
                  params={{ case: caseRef, account: row.with }}
                >
                  {row.with}
                </Link>
              ),
            },
            { id: 'file', header: say('investigator.receipts.file'), cell: ({ file }) => <code>{file}</code> },
            {
              id: 'known',
              header: say('investigator.known.title'),
              cell: ({ known }) => (
                <Badge tone={known === 'known' ? 'alarm' : 'neutral'}>{say(`investigator.stack.${known}`)}</Badge>
              ),
            },
            { id: 'sent', header: say('investigator.receipts.sent'), cell: ({ sentAt }) => <Time at={sentAt} /> },
            { id: 'opened', header: say('investigator.receipts.opened'), cell: (row) => <When at={row.openedAt} /> },
            { id: 'deleted', header: say('investigator.receipts.deleted'), cell: (row) => <When at={row.deletedAt} /> },
            {
              id: 'reported',
              header: say('investigator.receipts.reported'),
              cell: (row) => <When at={row.reportedAt} />,
            },
            {
              id: 'source',
              header: say('investigator.source-line'),
              cell: ({ exhibit, path, line }) => say('investigator.line-of', { exhibit, path: path ?? '', line }),
            },
          ]}
        />
      )}
    </Section>
  );
};

const When = ({ at }: { readonly at: string | null }) => {
  const { say } = useTongue();
  return at === null ? say('investigator.receipts.never') : <Time at={at} />;
};
