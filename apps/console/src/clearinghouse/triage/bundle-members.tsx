import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { BundleMember } from '@tutela/clearinghouse-desk/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Answer, Button, ConfirmDialog, DataTable, Section } from '../../design/index.js';
import { moveMember, readMembers } from './queries.js';
import { told } from './told.js';

const most = 100;

/** Who is in a bundle, because of which place of the report; each can be taken out and put back. */
export const BundleMembers = ({ bundle }: { readonly bundle: string }) => {
  const { say, country, number } = useTongue();
  const client = useQueryClient();
  const [from, setFrom] = useState(0);
  const [moving, setMoving] = useState<BundleMember>();
  const query = useQuery({
    queryKey: ['clearinghouse', 'members', bundle, from],
    queryFn: ({ signal }) => readMembers(bundle)({ rank: from, limit: most }, signal),
  });
  const way = moving?.leftAt === null ? 'remove' : 'return';
  return (
    <Section title={say('clearinghouse.bundle.members')}>
      <Answer query={query}>
        {({ rows, total }) => (
          <>
            <DataTable
              caption={say('common.rows', { first: from + 1, last: from + rows.length, total: total ?? rows.length })}
              rows={rows}
              rowKey={({ reportNumber }) => reportNumber}
              columns={[
                {
                  id: 'report',
                  header: say('clearinghouse.column.item'),
                  cell: ({ reportNumber }) => (
                    <Link to="/desk/clearinghouse/reports/$report" params={{ report: reportNumber }}>
                      {reportNumber}
                    </Link>
                  ),
                },
                {
                  id: 'by',
                  header: say('clearinghouse.report.organisation'),
                  cell: ({ organisation }) => organisation,
                },
                {
                  id: 'priority',
                  header: say('clearinghouse.column.priority'),
                  align: 'end',
                  cell: ({ priority }) => (priority === null ? null : number(priority)),
                },
                {
                  id: 'countries',
                  header: say('clearinghouse.column.countries'),
                  cell: ({ countries }) => countries.map((one) => country(one)).join(', ') || say('common.map.unknown'),
                },
                {
                  id: 'because',
                  header: say('clearinghouse.column.because'),
                  cell: ({ because }) => <code>{because.map(placeIn).join(' ')}</code>,
                },
                {
                  id: 'act',
                  header: say('clearinghouse.bundle.act'),
                  cell: (member) => (
                    <Button
                      kind="quiet"
                      label={say(`clearinghouse.bundle.${member.leftAt === null ? 'remove' : 'return'}-one`, {
                        number: member.reportNumber,
                      })}
                      onPress={() => setMoving(member)}
                    >
                      {say(`clearinghouse.bundle.${member.leftAt === null ? 'remove' : 'return'}`)}
                    </Button>
                  ),
                },
              ]}
            />
            <div className="actions">
              {from > 0 && <Button onPress={() => setFrom(from - most)}>{say('clearinghouse.page.before')}</Button>}
              {from + rows.length < (total ?? 0) && (
                <Button onPress={() => setFrom(from + most)}>{say('clearinghouse.page.next')}</Button>
              )}
            </div>
          </>
        )}
      </Answer>
      {moving !== undefined && (
        <ConfirmDialog
          title={say(`clearinghouse.bundle.${way}-one`, { number: moving.reportNumber })}
          confirm={say(`clearinghouse.bundle.${way}`)}
          onClose={() => setMoving(undefined)}
          onConfirm={async (reason) => {
            await moveMember(bundle, moving.reportNumber, way, reason);
            await client.invalidateQueries({ queryKey: ['clearinghouse'] });
          }}
        >
          <p>{say(`clearinghouse.bundle.then-${way}`)}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
};

/** The place in the report that ties it to the others, or the digest of the file that does. */
const placeIn = (tie: object): string => {
  const because = told(tie);
  return typeof because.path === 'string'
    ? because.path
    : typeof because.sha256 === 'string'
      ? `SHA-256 ${because.sha256.slice(0, 12)}…`
      : Object.values(because)
          .filter((value) => typeof value === 'string' || typeof value === 'number')
          .join(' ');
};
