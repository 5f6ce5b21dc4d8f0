import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApprovalRequestBody } from '@tutela/oversight/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Badge, Button, ConfirmDialog, DataTable, Facts, Section, Time } from '../../design/index.js';
import { approve } from './passkey.js';
import { rowsInWords } from './request-rows.js';
import { isApproved, wordsOf } from './requests.js';

export interface ApprovalRequestProps {
  readonly request: ApprovalRequestBody;
  /** Under an address of numbers there are no passkeys. */
  readonly place: 'name' | 'numbers';
}

/** One request: who asks for what and why, all that would be signed, who signed, and the two ways to sign. */
export const ApprovalRequest = ({ request, place }: ApprovalRequestProps) => {
  const { say, sayIfKnown, list } = useTongue();
  const client = useQueryClient();
  const [state, setState] = useState<'shown' | 'asking' | 'signed'>('shown');
  const signing = useMutation({
    mutationFn: () => approve(request),
    onSuccess: () => {
      setState('signed');
      void client.invalidateQueries();
    },
  });
  const words = wordsOf(request);
  const action = sayIfKnown(`oversight.action.${words.action.replaceAll('.', '-')}`) ?? words.action;
  const command = `tutela approval approve ${request.digest.slice(0, 12)} --key ${say('oversight.approvals.key-file')}`;
  return (
    <Section title={action}>
      <div data-digest={request.digest} className="approval">
        <p>
          <Badge tone={isApproved(request) ? 'good' : 'waiting'}>
            {say('oversight.approvals.given', { given: request.approvedBy.length, needed: request.needed })}
          </Badge>{' '}
          {list(request.approvedBy.map(({ person }) => person))}
        </p>
        <Facts
          facts={[
            { name: say('oversight.approvals.by'), value: words.requestedBy },
            { name: say('oversight.approvals.case'), value: words.caseRef },
            { name: say('oversight.approvals.expires'), value: <Time at={words.expiresAt} /> },
            { name: say('common.confirm.reason'), value: words.reason, form: 'wide' },
          ]}
        />
        <DataTable
          caption={say('oversight.approvals.signed')}
          rows={rowsInWords(request.document).map(([name, value], nth) => ({ name, value, nth }))}
          rowKey={({ nth }) => `${nth}`}
          columns={[
            { id: 'name', header: say('oversight.approvals.member'), cell: ({ name }) => name },
            { id: 'value', header: say('oversight.approvals.value'), cell: ({ value }) => value },
          ]}
        />
        <p className="about">
          SHA-256 <code>{request.digest}</code>
        </p>
        <div className="actions">
          <Button
            kind="main"
            state={place === 'name' ? 'ready' : 'disabled'}
            onPress={() => setState('asking')}
            label={say('oversight.approvals.sign-what', { what: action })}
          >
            {say('oversight.approvals.sign')}
          </Button>
          {state === 'signed' && <span role="status">{say('oversight.approvals.on-record')}</span>}
        </div>
        <p className="about">
          {say('oversight.approvals.file')} <code>{command}</code>
        </p>
      </div>
      {state === 'asking' && (
        <ConfirmDialog
          title={action}
          confirm={say('oversight.approvals.sign')}
          reason="none"
          onClose={() => setState((was) => (was === 'asking' ? 'shown' : was))}
          onConfirm={async () => {
            await signing.mutateAsync();
          }}
        >
          <p>{say('oversight.approvals.then', { by: words.requestedBy })}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
};
