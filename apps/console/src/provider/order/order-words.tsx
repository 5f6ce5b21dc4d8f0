import type { OrderBody } from '@tutela/provider-desk/api';
import { useTongue } from '../../app/tongue.js';
import { DataTable, Facts, Section, ShortCode, Time } from '../../design/index.js';

/** What the order says, by whose credential it came, and what makes its questions weak. */
export const OrderWords = ({ order }: { readonly order: OrderBody }) => {
  const { say, number } = useTongue();
  const { authenticity } = order;
  return (
    <>
      <Section title={say('provider.order.authenticity')} about={say('provider.order.authenticity-why')}>
        <Facts
          facts={[
            { name: say('provider.order.agency'), value: authenticity.agency },
            { name: say('provider.order.credential-since'), value: <Time at={authenticity.credentialIssuedAt} /> },
            { name: say('provider.order.reference'), value: order.reference, form: 'code' },
            { name: say('provider.order.issued-by'), value: order.issuedBy },
            { name: say('provider.order.issued-at'), value: <Time at={order.issuedAt} /> },
            { name: say('provider.order.deadline'), value: <Time at={order.expiresAt} /> },
            { name: say('provider.order.document'), value: order.documentSha256, form: 'code' },
          ]}
        />
      </Section>
      <Section title={say('provider.order.words')} about={say('provider.order.words-why')}>
        <Facts
          facts={[
            { name: say('provider.order.purpose'), value: order.purpose, form: 'wide' },
            { name: say('provider.order.offence'), value: order.offence, form: 'wide' },
            { name: say('provider.order.disclose'), value: say(`provider.disclose.${order.disclose}`) },
            { name: say('provider.order.qualified'), value: say(`provider.qualified.${order.qualified}`) },
            { name: say('provider.order.candidates'), value: number(order.maxCandidates) },
            { name: say('provider.order.questions'), value: number(order.observations) },
            { name: say('provider.order.without-port'), value: number(order.withoutPort) },
            { name: say('provider.order.clock-unknown'), value: number(order.clockUnknown) },
            { name: say('provider.order.transcribed'), value: number(order.transcribed) },
            { name: say('provider.order.digest'), value: <ShortCode code={order.orderSha256} /> },
          ]}
        />
        <DataTable
          caption={say('provider.order.scope')}
          rows={order.scope.map((window, nth) => ({ ...window, nth }))}
          rowKey={({ nth }) => `${nth}`}
          columns={[
            { id: 'addresses', header: say('provider.question.address'), cell: (row) => <code>{row.addresses}</code> },
            { id: 'from', header: say('provider.question.from'), cell: (row) => <Time at={row.from} /> },
            { id: 'to', header: say('provider.question.to'), cell: (row) => <Time at={row.to} /> },
          ]}
        />
      </Section>
    </>
  );
};
