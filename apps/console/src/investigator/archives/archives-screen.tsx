import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, EmptyState, QueueTable, Section, Select } from '../../design/index.js';
import { CasePage } from '../case-page.js';
import { ArchiveCounts } from './archive-counts.js';
import { archiveFormats, archiveStates, archiveTones, readArchivesSearch } from './archive-states.js';
import { type ArchiveRow, archiveCountsQuery, readArchives } from './queries.js';
import { Recovery } from './recovery.js';

const route = getRouteApi('/desk/investigator/cases/$case/archives');

/** The archives of a case: how many in which state, each of them, and how the search for passwords goes. */
export const ArchivesScreen = () => {
  const { say } = useTongue();
  const { case: caseRef } = route.useParams();
  return (
    <CasePage caseRef={caseRef} title={say('investigator.archives.title')} about={say('investigator.archives.about')}>
      <Answer query={useQuery(archiveCountsQuery(caseRef))}>
        {({ counts }) =>
          counts.length === 0 ? (
            <EmptyState title={say('investigator.archives.none')}>
              {say('investigator.archives.none-why')} <code>tutela archive examine {caseRef}</code>
            </EmptyState>
          ) : (
            <>
              <ArchiveCounts counts={counts} />
              <ArchiveList caseRef={caseRef} />
              <Recovery caseRef={caseRef} />
            </>
          )
        }
      </Answer>
    </CasePage>
  );
};

const ArchiveList = ({ caseRef }: { readonly caseRef: string }) => {
  const { say, sayIfKnown, bytes, number } = useTongue();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const any = { value: 'any' as const, label: say('investigator.any') };
  const change = (part: Readonly<Record<string, unknown>>) =>
    void navigate({ search: (was) => readArchivesSearch({ ...was, ...part }) });
  return (
    <Section
      title={say('investigator.archives.each')}
      actions={
        <>
          <Select
            label={say('investigator.archive.state')}
            labelPlace="inside"
            value={search.state ?? 'any'}
            onChange={(state) => change({ state })}
            options={[
              any,
              ...archiveStates.map((value) => ({ value, label: say(`investigator.archive-state.${value}`) })),
            ]}
          />
          <Select
            label={say('investigator.archive.format')}
            labelPlace="inside"
            value={search.format ?? 'any'}
            onChange={(format) => change({ format })}
            options={[any, ...archiveFormats.map((value) => ({ value, label: say(`investigator.format.${value}`) }))]}
          />
        </>
      }
    >
      <div className="queue-place">
        <QueueTable<ArchiveRow>
          key={JSON.stringify([caseRef, search])}
          label={say('investigator.archives.each')}
          queryKey={['investigator', 'archives', caseRef, search]}
          read={readArchives(caseRef, search)}
          rowKey={({ setId }) => setId}
          onOpen={({ setId }) =>
            void navigate({
              to: '/desk/investigator/cases/$case/archives/$set',
              params: { case: caseRef, set: setId },
              search: {},
            })
          }
          empty={
            <EmptyState title={say('investigator.archives.none-so')}>{say('investigator.other-filter')}</EmptyState>
          }
          columns={[
            {
              id: 'state',
              header: say('investigator.archive.state'),
              width: '9rem',
              cell: ({ state }) => (
                <Badge tone={archiveTones[state]}>{say(`investigator.archive-state.${state}`)}</Badge>
              ),
            },
            {
              id: 'format',
              header: say('investigator.archive.format'),
              width: '6rem',
              cell: ({ format }) => sayIfKnown(`investigator.format.${format}`) ?? format,
            },
            {
              id: 'encryption',
              header: say('investigator.archive.encryption'),
              width: '10rem',
              cell: ({ encryption }) => sayIfKnown(`investigator.encryption.${encryption}`) ?? encryption,
            },
            {
              id: 'path',
              header: say('investigator.item.path'),
              width: '3fr',
              cell: ({ path }) => <span title={path ?? undefined}>{path}</span>,
            },
            { id: 'account', header: say('investigator.account'), width: '1fr', cell: ({ account }) => account },
            {
              id: 'members',
              header: say('investigator.archive.members'),
              width: '5rem',
              align: 'end',
              cell: ({ members }) => number(members),
            },
            {
              id: 'size',
              header: say('investigator.size'),
              width: '5.5rem',
              align: 'end',
              cell: (row) => bytes(row.bytes),
            },
          ]}
        />
      </div>
    </Section>
  );
};
