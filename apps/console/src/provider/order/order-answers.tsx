import type { OrderBody } from '@tutela/provider-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Badge, DataTable, EmptyState, Section, ShortCode } from '../../design/index.js';
import { asOutcome, outcomeTones } from '../states.js';

/** How a question ended, in words. */
export const OutcomeBadge = ({ outcome }: { readonly outcome: string }) => {
  const { say } = useTongue();
  const known = asOutcome(outcome);
  return known === undefined ? outcome : <Badge tone={outcomeTones[known]}>{say(`provider.outcome.${known}`)}</Badge>;
};

/** How each question ended; whom it led to is told to the agency alone. */
export const OrderAnswers = ({ order }: { readonly order: OrderBody }) => {
  const { say, number } = useTongue();
  return (
    <Section title={say('provider.answers.title')} about={say('provider.answers.about')}>
      {order.answers.length === 0 ? (
        <EmptyState title={say('provider.answers.none')}>{say('provider.answers.none-why')}</EmptyState>
      ) : (
        <DataTable
          caption={say('common.table-of', { what: say('provider.answers.title') })}
          rows={order.answers.map((answer, nth) => ({ ...answer, nth }))}
          rowKey={({ answerId }) => answerId}
          columns={[
            { id: 'n', header: say('provider.question.number'), align: 'end', cell: ({ nth }) => number(nth + 1) },
            { id: 'how', header: say('provider.answers.how'), cell: (row) => <OutcomeBadge outcome={row.outcome} /> },
            {
              id: 'digest',
              header: say('provider.answers.record'),
              cell: ({ recordSha256 }) => <ShortCode code={recordSha256} />,
            },
          ]}
        />
      )}
    </Section>
  );
};
