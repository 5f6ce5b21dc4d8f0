import { useQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Answer, Button, DataTable, Facts, Section } from '../../design/index.js';
import { storageQuery } from './queries.js';

/** What the case holds, and how much of it twice. Reckoned on demand: it reads every file of the case. */
export const StorageView = ({ caseRef }: { readonly caseRef: string }) => {
  const { say, number, bytes } = useTongue();
  const query = useQuery(storageQuery(caseRef));
  return (
    <Section
      title={say('investigator.storage.title')}
      about={say('investigator.storage.about')}
      actions={
        <Button state={query.isFetching ? 'busy' : 'ready'} onPress={() => void query.refetch()}>
          {say('investigator.storage.reckon')}
        </Button>
      }
    >
      {query.fetchStatus === 'idle' && query.data === undefined && query.error === null ? null : (
        <Answer query={query}>
          {(held) => (
            <>
              <Facts
                facts={[
                  { name: say('investigator.storage.held'), value: amount(held.files, held.bytes) },
                  { name: say('investigator.storage.distinct'), value: amount(held.distinctFiles, held.distinctBytes) },
                  { name: say('investigator.storage.twice'), value: amount(held.duplicateFiles, held.duplicateBytes) },
                  {
                    name: say('investigator.storage.shut'),
                    value: amount(held.closedArchives, held.closedArchiveBytes),
                  },
                  {
                    name: say('investigator.storage.needed'),
                    value:
                      held.needed === 'estimate'
                        ? bytes(held.neededBytes)
                        : say('investigator.storage.at-least', { bytes: bytes(held.neededBytes) }),
                  },
                ]}
              />
              <DataTable
                caption={say('investigator.storage.by-class')}
                rows={held.byClass}
                rowKey={({ fileClass }) => fileClass}
                columns={[
                  {
                    id: 'class',
                    header: say('investigator.item.class'),
                    cell: ({ fileClass }) => say(`investigator.class.${fileClass as 'other'}`),
                  },
                  { id: 'files', header: say('investigator.files'), align: 'end', cell: ({ files }) => number(files) },
                  { id: 'bytes', header: say('investigator.size'), align: 'end', cell: (row) => bytes(row.bytes) },
                ]}
              />
            </>
          )}
        </Answer>
      )}
    </Section>
  );

  function amount(files: number, size: number): string {
    return say('investigator.shut.amount', { archives: number(files), bytes: bytes(size) });
  }
};
