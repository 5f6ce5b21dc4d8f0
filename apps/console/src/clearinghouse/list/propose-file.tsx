import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Button, FormDialog, Select } from '../../design/index.js';
import { ProposalFields } from './proposal-fields.js';
import { listsQuery, proposeReported } from './queries.js';

interface FileOf {
  readonly report: string;
  readonly fileId: string;
}

/** A picture of a report becomes known: whoever has judged it puts it up for two reviewers. */
export const ProposeFile = (file: FileOf) => {
  const { say } = useTongue();
  const [asked, setAsked] = useState<'no' | 'yes'>('no');
  return (
    <>
      <div className="actions">
        <Button onPress={() => setAsked('yes')}>{say('clearinghouse.list.propose-file')}</Button>
      </div>
      {asked === 'yes' && <ProposeFileDialog {...file} onClose={() => setAsked('no')} />}
    </>
  );
};

const ProposeFileDialog = ({ report, fileId, onClose }: FileOf & { readonly onClose: () => void }) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const lists = useQuery(listsQuery).data?.lists ?? [];
  const [chosen, setList] = useState('');
  const list = chosen === '' && lists.length === 1 ? (lists[0]?.list ?? '') : chosen;
  const [category, setCategory] = useState('');
  const [vetting, setVetting] = useState('');
  return (
    <FormDialog
      title={say('clearinghouse.list.propose-file')}
      confirm={say('clearinghouse.list.propose')}
      state={[list, category, vetting].every((text) => text.trim() !== '') ? 'complete' : 'incomplete'}
      onClose={onClose}
      onConfirm={async () => {
        await proposeReported(list, { reportNumber: report, fileId, category, vetting: vetting.trim() });
        await client.invalidateQueries({ queryKey: ['clearinghouse'] });
      }}
    >
      <p>{say('clearinghouse.list.propose-about')}</p>
      <Select
        label={say('clearinghouse.lists.name')}
        value={list}
        onChange={setList}
        options={lists.map((one) => ({ value: one.list, label: one.title }))}
      />
      <ProposalFields category={category} onCategory={setCategory} vetting={vetting} onVetting={setVetting} />
    </FormDialog>
  );
};
