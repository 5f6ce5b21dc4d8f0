import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ArchiveFileBody } from '@tutela/investigator-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, DataTable, EmptyState, Facts, Section, ShortCode, Time } from '../../design/index.js';
import { CasePage } from '../case-page.js';
import { archiveTones } from './archive-states.js';
import { archiveQuery } from './queries.js';

const route = getRouteApi('/desk/investigator/cases/$case/archives/$set');

/** One archive: what it holds, how it is shut, and how it was opened under which authority. */
export const ArchiveScreen = () => {
  const { say } = useTongue();
  const { case: caseRef, set } = route.useParams();
  return (
    <CasePage caseRef={caseRef} title={say('investigator.archive.title')} about={say('investigator.archive.about')}>
      <Answer query={useQuery(archiveQuery(caseRef, set))}>
        {(archive) => (
          <>
            <ArchiveFacts {...archive} />
            <Opened {...archive} />
            <Locks {...archive} />
            <Contents {...archive} />
          </>
        )}
      </Answer>
    </CasePage>
  );
};

const ArchiveFacts = (archive: ArchiveFileBody) => {
  const { say, sayIfKnown, number, bytes } = useTongue();
  return (
    <Section
      title={say('investigator.archive.facts')}
      actions={<Badge tone={archiveTones[archive.state]}>{say(`investigator.archive-state.${archive.state}`)}</Badge>}
    >
      <p>{say(`investigator.archive-means.${archive.state}`)}</p>
      <Facts
        facts={[
          { name: say('investigator.item.path'), value: archive.path, form: 'code' },
          { name: say('investigator.account'), value: archive.account },
          { name: say('investigator.archive.format'), value: sayIfKnown(`investigator.format.${archive.format}`) },
          {
            name: say('investigator.archive.encryption'),
            value: sayIfKnown(`investigator.encryption.${archive.encryption}`) ?? archive.encryption,
          },
          { name: say('investigator.size'), value: bytes(archive.bytes) },
          { name: say('investigator.archive.volumes'), value: number(archive.volumes) },
          { name: say('investigator.archive.missing'), value: archive.missing.join(', ') },
          { name: say('investigator.archive.members'), value: number(archive.members) },
          { name: say('investigator.archive.reason'), value: archive.reason },
          {
            name: say('investigator.archive.read-under'),
            value: <ShortCode code={archive.authorityId} />,
            form: 'wide',
          },
        ]}
      />
    </Section>
  );
};

const Opened = ({ opened }: ArchiveFileBody) => {
  const { say } = useTongue();
  return (
    <Section title={say('investigator.opened.title')} about={say('investigator.opened.about')}>
      {opened.length === 0 ? (
        <EmptyState title={say('investigator.opened.none')} />
      ) : (
        <DataTable
          caption={say('investigator.opened.caption')}
          rows={opened}
          rowKey={({ foundAt, authorityId }) => `${foundAt} ${authorityId}`}
          columns={[
            { id: 'at', header: say('investigator.at'), cell: ({ foundAt }) => <Time at={foundAt} /> },
            {
              id: 'by',
              header: say('investigator.opened.found'),
              cell: (row) => say(`investigator.found.${row.foundBy}`),
            },
            {
              id: 'verified',
              header: say('investigator.opened.verified'),
              cell: ({ verified }) => (
                <Badge tone={verified === 'by-opening' ? 'good' : 'waiting'}>
                  {say(`investigator.verified.${verified}`)}
                </Badge>
              ),
            },
            {
              id: 'authority',
              header: say('investigator.authority'),
              cell: ({ authorityId }) => <ShortCode code={authorityId} />,
            },
          ]}
        />
      )}
    </Section>
  );
};

const Locks = ({ locks }: ArchiveFileBody) => {
  const { say, number } = useTongue();
  if (locks.length === 0) return null;
  return (
    <Section title={say('investigator.locks.title')}>
      <DataTable
        caption={say('investigator.locks.caption')}
        rows={locks}
        rowKey={({ lockKey }) => lockKey}
        columns={[
          { id: 'scheme', header: say('investigator.locks.scheme'), cell: ({ scheme }) => <code>{scheme}</code> },
          { id: 'kdf', header: say('investigator.lock.kdf'), cell: ({ kdf }) => <code>{kdf}</code> },
          {
            id: 'rounds',
            header: say('investigator.locks.rounds'),
            align: 'end',
            cell: ({ rounds }) => number(rounds),
          },
          {
            id: 'mode',
            header: say('investigator.locks.hashcat'),
            align: 'end',
            cell: ({ hashcatMode, noLine }) => hashcatMode ?? noLine,
          },
          {
            id: 'secrets',
            header: say('investigator.locks.secrets'),
            align: 'end',
            cell: ({ secrets }) => number(secrets),
          },
        ]}
      />
    </Section>
  );
};

const Contents = ({ contents }: ArchiveFileBody) => {
  const { say, sayIfKnown, bytes } = useTongue();
  return (
    <Section title={say('investigator.contents.title')} about={say('investigator.contents.about')}>
      {contents.length === 0 ? (
        <EmptyState title={say('investigator.contents.none')}>{say('investigator.contents.none-why')}</EmptyState>
      ) : (
        <DataTable
          caption={say('investigator.contents.caption')}
          rows={contents}
          rowKey={({ name }) => name}
          columns={[
            { id: 'name', header: say('investigator.contents.name'), cell: ({ name }) => <code>{name}</code> },
            {
              id: 'kind',
              header: say('investigator.contents.kind'),
              cell: ({ kind }) => sayIfKnown(`investigator.entry.${kind}`) ?? kind,
            },
            {
              id: 'encrypted',
              header: say('investigator.archive.encryption'),
              cell: ({ encrypted }) => sayIfKnown(`investigator.entry.${encrypted}`) ?? encrypted,
            },
            { id: 'leads', header: say('investigator.contents.leads'), cell: ({ leads }) => leads.join(', ') || null },
            {
              id: 'size',
              header: say('investigator.size'),
              align: 'end',
              cell: (row) => (row.bytes === null ? null : bytes(row.bytes)),
            },
          ]}
        />
      )}
    </Section>
  );
};
