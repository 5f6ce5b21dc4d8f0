import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Button, ConfirmDialog, DataTable, EmptyState, Time } from '../../design/index.js';
import { publishVersion, versionsQuery } from './queries.js';

const tones = { waiting: 'waiting', signed: 'accent', witnessed: 'good' } as const;

/** Each version that members can prove to hold, as everybody holds it. */
export const Versions = ({ list }: { readonly list: string }) => {
  const { say, number } = useTongue();
  const client = useQueryClient();
  const [asked, setAsked] = useState<'no' | 'yes'>('no');
  return (
    <>
      <div className="actions">
        <Button onPress={() => setAsked('yes')}>{say('clearinghouse.list.publish')}</Button>
      </div>
      <Answer query={useQuery(versionsQuery(list))}>
        {({ versions }) =>
          versions.length === 0 ? (
            <EmptyState title={say('clearinghouse.list.no-versions')}>
              {say('clearinghouse.list.no-versions-why')}
            </EmptyState>
          ) : (
            <DataTable
              caption={say('clearinghouse.list.tab.versions')}
              rows={versions}
              rowKey={({ version }) => String(version)}
              columns={[
                {
                  id: 'version',
                  header: say('clearinghouse.lists.version'),
                  align: 'end',
                  cell: ({ version }) => number(version),
                },
                {
                  id: 'proof',
                  header: say('clearinghouse.list.proof'),
                  cell: ({ proof }) => <Badge tone={tones[proof]}>{say(`clearinghouse.list.proof.${proof}`)}</Badge>,
                },
                { id: 'as-of', header: say('clearinghouse.list.as-of'), cell: ({ asOf }) => <Time at={asOf} /> },
                {
                  id: 'size',
                  header: say('clearinghouse.lists.listed'),
                  align: 'end',
                  cell: ({ size }) => number(size),
                },
                {
                  id: 'recipients',
                  header: say('clearinghouse.lists.members'),
                  align: 'end',
                  cell: ({ recipients }) => number(recipients),
                },
                {
                  id: 'root',
                  header: say('clearinghouse.list.root'),
                  cell: ({ root }) => <code title={root}>{root.slice(0, 16)}…</code>,
                },
              ]}
            />
          )
        }
      </Answer>
      {asked === 'yes' && (
        <ConfirmDialog
          title={say('clearinghouse.list.publish')}
          confirm={say('clearinghouse.list.publish')}
          reason="none"
          onClose={() => setAsked('no')}
          onConfirm={async () => {
            await publishVersion(list);
            await client.invalidateQueries({ queryKey: ['clearinghouse'] });
          }}
        >
          <p>{say('clearinghouse.list.then-publish')}</p>
        </ConfirmDialog>
      )}
    </>
  );
};
