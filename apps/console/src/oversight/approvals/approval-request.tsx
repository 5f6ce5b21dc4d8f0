import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApprovalRequestBody } from '@tutela/oversight/api';
import { useState } from 'react';
import { useSession } from '../../app/session.js';
import { useTongue } from '../../app/tongue.js';
import { Badge, Button, ConfirmDialog, DataTable, Facts, Section, Time } from '../../design/index.js';
import { approve } from './passkey.js';
import { rowsInWords } from './request-rows.js';
import { actionInWords, isApproved, whyNot, wordsOf } from './requests.js';

export interface ApprovalRequestProps {
  readonly request: ApprovalRequestBody;
  /** Under an address of numbers there are no passkeys. */
  readonly place: 'name' | 'numbers';
  readonly onApproved: () => void;
}

/** One request: who asks for what and why, all that would be signed, who signed, and the two ways to sign. */
export const ApprovalRequest = ({ request, place, onApproved }: ApprovalRequestProps) => {
  const { say, sayIfKnown, list } = useTongue();
  const client = useQueryClient();
  const { person: here } = useSession();
  const [state, setState] = useState<'shown' | 'asking'>('shown');
  const signing = useMutation({
    mutationFn: () => approve(request),
    onSuccess: () => {
      onApproved();
      void client.invalidateQueries();
    },
  });
  const words = wordsOf(request);
  const action = actionInWords(request, sayIfKnown);
  const fault = whyNot(request, here);
  const key = `${request.digest.slice(0, 12)} --key ${say('oversight.approvals.key-file')}`;
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
            state={place === 'name' && fault === undefined ? 'ready' : 'disabled'}
            onPress={() => setState('asking')}
            label={say('oversight.approvals.sign-what', { what: action })}
          >
            {say('oversight.approvals.sign')}
          </Button>
          {fault !== undefined && (
            <span>
              {say(`common.problem.${fault}`)} {say(`common.remedy.${fault}`)}
            </span>
          )}
        </div>
        {fault === undefined && (
          <p className="about">
            {say('oversight.approvals.file')} <code>tutela approval approve {key}</code>
          </p>
        )}
        {fault !== 'person-twice' && (
          <p className="about">
            {say(fault === 'requester-approves' ? 'oversight.approvals.take-back' : 'oversight.approvals.refuse')}{' '}
            <code>
              tutela approval refuse {key} --reason "{say('oversight.approvals.because')}"
            </code>
          </p>
        )}
      </div>
      {state === 'asking' && (
        <ConfirmDialog
          title={action}
          confirm={say('oversight.approvals.sign')}
          reason="none"
          onClose={() => setState('shown')}
          onConfirm={() => signing.mutateAsync()}
        >
          <p>{say('oversight.approvals.then', { by: words.requestedBy })}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
};
