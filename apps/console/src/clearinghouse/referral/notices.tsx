import { useQueryClient } from '@tanstack/react-query';
import type { NoticeBody } from '@tutela/clearinghouse-desk/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Badge, Button, DataTable, Field, FormDialog, Section, Time } from '../../design/index.js';
import { SaveButton } from '../save-button.js';
import { notePosted } from './queries.js';
import { useAuthorityName } from './use-authority-name.js';

/** Notices that have not arrived; letters are printed and posted by people, who note by what receipt. */
export const Notices = ({ notices }: { readonly notices: readonly NoticeBody[] }) => {
  const { say, number } = useTongue();
  const nameOf = useAuthorityName();
  const [posted, setPosted] = useState<NoticeBody>();
  return (
    <Section title={say('clearinghouse.awaiting.notices')} about={say('clearinghouse.awaiting.notices-about')}>
      <DataTable
        caption={say('common.table-of', { what: say('clearinghouse.awaiting.notices') })}
        rows={notices}
        rowKey={({ noticeId }) => noticeId}
        columns={[
          { id: 'to', header: say('clearinghouse.referral.authority'), cell: ({ authorityId }) => nameOf(authorityId) },
          {
            id: 'channel',
            header: say('clearinghouse.authority.channel'),
            cell: ({ channel, escalatedAt }) => (
              <>
                {say(`clearinghouse.authority.channel.${channel}`)}{' '}
                {escalatedAt !== null && <Badge tone="alarm">{say('clearinghouse.awaiting.overdue')}</Badge>}
              </>
            ),
          },
          {
            id: 'referrals',
            header: say('clearinghouse.referrals.title'),
            align: 'end',
            cell: ({ referrals }) => number(referrals),
          },
          {
            id: 'attempts',
            header: say('clearinghouse.awaiting.attempts'),
            align: 'end',
            cell: ({ attempts }) => number(attempts),
          },
          { id: 'trouble', header: say('clearinghouse.awaiting.trouble'), cell: ({ trouble }) => trouble },
          {
            id: 'queued',
            header: say('clearinghouse.referral.made'),
            cell: ({ queuedAt }) => <Time at={queuedAt} />,
          },
          {
            id: 'act',
            header: say('clearinghouse.bundle.act'),
            cell: (notice) =>
              notice.channel === 'post' && (
                <div className="actions">
                  <SaveButton
                    at={`/clearinghouse/notices/${notice.noticeId}/letter.pdf`}
                    name={`letter-${notice.noticeId}.pdf`}
                  >
                    {say('clearinghouse.notice.letter')}
                  </SaveButton>
                  <Button
                    label={say('clearinghouse.notice.posted-to', { authority: nameOf(notice.authorityId) })}
                    onPress={() => setPosted(notice)}
                  >
                    {say('clearinghouse.notice.posted')}
                  </Button>
                </div>
              ),
          },
        ]}
      />
      {posted !== undefined && <PostedDialog notice={posted} onClose={() => setPosted(undefined)} />}
    </Section>
  );
};

const PostedDialog = ({ notice, onClose }: { readonly notice: NoticeBody; readonly onClose: () => void }) => {
  const { say } = useTongue();
  const nameOf = useAuthorityName();
  const client = useQueryClient();
  const [receipt, setReceipt] = useState('');
  return (
    <FormDialog
      title={say('clearinghouse.notice.posted')}
      confirm={say('clearinghouse.notice.posted')}
      state={receipt.trim() === '' ? 'incomplete' : 'complete'}
      onClose={onClose}
      onConfirm={async () => {
        await notePosted(notice.noticeId, receipt.trim());
        await client.invalidateQueries({ queryKey: ['clearinghouse'] });
      }}
    >
      <p>{say('clearinghouse.notice.then-posted', { authority: nameOf(notice.authorityId) })}</p>
      <Field
        label={say('clearinghouse.notice.receipt')}
        help={say('clearinghouse.notice.receipt-help')}
        value={receipt}
        onChange={setReceipt}
        need="required"
        maxLength={500}
        focus="first"
      />
    </FormDialog>
  );
};
