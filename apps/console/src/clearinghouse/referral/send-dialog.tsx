import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { FormDialog, Select } from '../../design/index.js';
import { authoritiesQuery, sendTo } from './queries.js';
import { useAuthorityName } from './use-authority-name.js';

export interface SendDialogProps {
  readonly report: string;
  /** To the wrong one: it is recalled there at the same moment. */
  readonly wrong?: { readonly referralId: string; readonly authorityId: string };
  readonly onClose: () => void;
}

/** A report goes where a person says: nobody was found for it, or it went to the wrong authority. */
export const SendDialog = ({ report, wrong, onClose }: SendDialogProps) => {
  const { say, country } = useTongue();
  const nameOf = useAuthorityName();
  const client = useQueryClient();
  const { data } = useQuery(authoritiesQuery());
  const [authorityId, setAuthority] = useState('');
  const act = wrong === undefined ? 'send' : 'send-instead';
  const authorities = (data?.authorities ?? []).filter(
    (one) => one.standing === 'active' && one.authorityId !== wrong?.authorityId,
  );
  return (
    <FormDialog
      title={say(`clearinghouse.routing.${act}`)}
      confirm={say(`clearinghouse.routing.${act}`)}
      state={authorityId !== '' ? 'complete' : 'incomplete'}
      onClose={onClose}
      reason={{ maxLength: 1000 }}
      onConfirm={async (reason) => {
        await sendTo(report, {
          authorityId,
          reason,
          ...(wrong !== undefined && { insteadOf: wrong.referralId }),
        });
        await client.invalidateQueries({ queryKey: ['clearinghouse'] });
      }}
    >
      <p>
        {wrong === undefined
          ? say('clearinghouse.routing.then-send', { report })
          : say('clearinghouse.routing.then-send-instead', { report, authority: nameOf(wrong.authorityId) })}
      </p>
      <Select
        label={say('clearinghouse.referral.authority')}
        value={authorityId}
        onChange={setAuthority}
        options={authorities.map((one) => ({
          value: one.authorityId,
          label: `${one.name}, ${country(one.country)} (${say(`clearinghouse.authority.takes.${one.takes}`)})`,
        }))}
      />
    </FormDialog>
  );
};
