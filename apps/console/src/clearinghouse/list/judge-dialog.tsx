import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ListEntry, ListProposal } from '@tutela/clearinghouse-desk/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Button, Dialog, Facts } from '../../design/index.js';
import { CategorySelect } from './category-select.js';
import { fingerprintText } from './fingerprint-text.js';
import { proposedEntriesQuery } from './queries.js';

/**
 * A reviewer's own view comes first: what was proposed is shown only when they have said what they think it is, so that
 * the second word is worth as much as the first.
 */
export const JudgeDialog = ({
  list,
  proposal,
  onClose,
}: {
  readonly list: string;
  readonly proposal: ListProposal;
  readonly onClose: () => void;
}) => {
  const { say } = useTongue();
  const query = useQuery(proposedEntriesQuery(list, proposal.batch));
  return (
    <Dialog title={say('clearinghouse.list.judge')} onClose={onClose}>
      <p>{say('clearinghouse.list.judge-about')}</p>
      <Answer query={query}>
        {({ entries }) => entries.map((entry) => <Judged key={entry.entry} entry={entry} />)}
      </Answer>
      <div className="dialog-actions">
        <Link to="/desk/oversight/approvals">{say('clearinghouse.list.to-sign')}</Link>
        <Button onPress={onClose}>{say('common.action.close')}</Button>
      </div>
    </Dialog>
  );
};

const Judged = ({ entry }: { readonly entry: ListEntry }) => {
  const { say } = useTongue();
  const [own, setOwn] = useState('');
  const [, report] = /^report (\d+)/.exec(entry.provenance ?? '') ?? [];
  return (
    <>
      <Facts
        facts={[
          {
            name: say('clearinghouse.list.fingerprints'),
            value: <code>{fingerprintText(entry.fingerprints, entry.large)}</code>,
            form: 'wide',
          },
          {
            name: say('clearinghouse.list.provenance'),
            value:
              report === undefined ? (
                entry.provenance
              ) : (
                <Link to="/desk/clearinghouse/reports/$report" params={{ report }}>
                  {say('clearinghouse.item.report', { number: report })}
                </Link>
              ),
            form: 'wide',
          },
        ]}
      />
      <CategorySelect label={say('clearinghouse.list.own-view')} value={own} onChange={setOwn} />
      <div role="status">
        {own === '' ? (
          <p className="help">{say('clearinghouse.list.own-view-first')}</p>
        ) : (
          <>
            <p>
              <Badge tone={own === entry.category ? 'good' : 'alarm'}>
                {say(own === entry.category ? 'clearinghouse.list.same-view' : 'clearinghouse.list.other-view')}
              </Badge>
            </p>
            <Facts
              facts={[
                { name: say('clearinghouse.list.category'), value: entry.category },
                { name: say('clearinghouse.list.vetting'), value: entry.vetting, form: 'wide' },
              ]}
            />
          </>
        )}
      </div>
    </>
  );
};
