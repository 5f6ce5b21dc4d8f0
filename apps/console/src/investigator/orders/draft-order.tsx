import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { asProblem, type Problem } from '../../app/problem.js';
import { useTongue } from '../../app/tongue.js';
import { Answer, Button, EmptyState, FailedState, Field, Section, Select } from '../../design/index.js';
import { authoritiesQuery } from '../case-queries.js';
import { draftOrder, type OrderWish } from './queries.js';

const discloses = ['count', 'handle', 'identity'] as const;
const qualifieds = ['withheld', 'disclosed'] as const;
const togethers = ['separate', 'one-subscriber'] as const;

/** An order is written from what was observed and from an authority; what may vary is said here, and nothing goes out yet. */
export const DraftOrder = ({ caseRef, provider }: { readonly caseRef: string; readonly provider: string }) => {
  const { say } = useTongue();
  const authorities = useQuery(authoritiesQuery(caseRef));
  return (
    <Section title={say('investigator.order.draft')} about={say('investigator.order.draft-about')}>
      <Answer query={authorities}>
        {({ authorities: all }) => {
          const granting = all.filter(
            ({ standing, authority }) => standing === 'in-force' && authority.grants.includes('disclose'),
          );
          if (granting.length === 0)
            return (
              <EmptyState title={say('investigator.order.no-authority')}>
                {say('investigator.order.no-authority-why')}
              </EmptyState>
            );
          const options = granting.map(({ authority }) => ({
            value: authority.id,
            label: `${authority.fileNumber} · ${authority.issuedBy}`,
          }));
          return <DraftForm caseRef={caseRef} provider={provider} options={options} />;
        }}
      </Answer>
    </Section>
  );
};

interface DraftFormProps {
  readonly caseRef: string;
  readonly provider: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

const DraftForm = ({ caseRef, provider, options }: DraftFormProps) => {
  const { say } = useTongue();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [wish, setWish] = useState<Omit<OrderWish, 'providerId'>>({
    authorityId: options[0]?.value ?? '',
    purpose: '',
    disclose: 'handle',
    qualified: 'withheld',
    together: 'separate',
  });
  const [state, setState] = useState<'ready' | 'busy' | Problem>('ready');
  const change = (part: Partial<OrderWish>) => setWish((was) => ({ ...was, ...part }));
  const draft = async () => {
    setState('busy');
    try {
      const { orderId } = await draftOrder(caseRef, { ...wish, purpose: wish.purpose.trim(), providerId: provider });
      await client.invalidateQueries({ queryKey: ['investigator'] });
      await navigate({ to: '/desk/investigator/cases/$case/orders/$order', params: { case: caseRef, order: orderId } });
    } catch (error) {
      setState(asProblem(error));
    }
  };
  return (
    <>
      <div className="line-form">
        <Select
          label={say('investigator.authority')}
          value={wish.authorityId}
          onChange={(authorityId) => change({ authorityId })}
          options={options}
        />
        <Select
          label={say('investigator.order.disclose')}
          value={wish.disclose}
          onChange={(disclose) => change({ disclose })}
          options={discloses.map((value) => ({ value, label: say(`investigator.disclose.${value}`) }))}
        />
        <Select
          label={say('investigator.order.qualified')}
          value={wish.qualified}
          onChange={(qualified) => change({ qualified })}
          options={qualifieds.map((value) => ({ value, label: say(`investigator.qualified.${value}`) }))}
        />
        <Select
          label={say('investigator.order.together')}
          value={wish.together}
          onChange={(together) => change({ together })}
          options={togethers.map((value) => ({ value, label: say(`investigator.together.${value}`) }))}
        />
      </div>
      <Field
        label={say('investigator.order.purpose')}
        help={say('investigator.order.purpose-help')}
        value={wish.purpose}
        onChange={(purpose) => change({ purpose })}
        rows={2}
        need="required"
        maxLength={3000}
      />
      {typeof state === 'object' && <FailedState problem={state} />}
      <div className="actions">
        <Button
          kind="main"
          state={state === 'busy' ? 'busy' : wish.purpose.trim() === '' ? 'disabled' : 'ready'}
          onPress={() => void draft()}
        >
          {say('investigator.order.draft-act')}
        </Button>
      </div>
    </>
  );
};
