import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useKeys } from '../../app/keys.js';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Button, DataTable, EmptyState, Section, Time } from '../../design/index.js';
import { CasePage } from '../case-page.js';
import { DraftPackageDialog } from './draft-package-dialog.js';
import { packageTones } from './package-states.js';
import { Proposal } from './proposal.js';
import { packagesQuery, proposalQuery } from './queries.js';

const route = getRouteApi('/desk/investigator/cases/$case/packages');

/** Packages of a case; what the next one would hold, what it would leave out, and what is not complete yet. */
export const PackagesScreen = () => {
  const { say, bytes } = useTongue();
  const { case: caseRef } = route.useParams();
  const proposal = useQuery(proposalQuery(caseRef));
  const [asking, setAsking] = useState<'nothing' | 'draft'>('nothing');
  useKeys(
    proposal.data === undefined
      ? []
      : [{ keys: 'n', label: 'investigator.packages.draft', run: () => setAsking('draft') }],
  );
  return (
    <CasePage
      caseRef={caseRef}
      title={say('investigator.packages.title')}
      about={say('investigator.packages.about')}
      actions={
        <Button
          kind="main"
          state={proposal.data === undefined ? 'disabled' : 'ready'}
          onPress={() => setAsking('draft')}
          keyHint="n"
        >
          {say('investigator.packages.draft')}
        </Button>
      }
    >
      <Section title={say('investigator.packages.made')}>
        <Answer query={useQuery(packagesQuery(caseRef))}>
          {({ packages }) =>
            packages.length === 0 ? (
              <EmptyState title={say('investigator.packages.none')}>{say('investigator.packages.none-why')}</EmptyState>
            ) : (
              <DataTable
                caption={say('investigator.packages.caption')}
                rows={packages}
                rowKey={({ name }) => name}
                columns={[
                  {
                    id: 'name',
                    header: say('investigator.package.name'),
                    cell: ({ name }) => (
                      <Link
                        to="/desk/investigator/cases/$case/packages/$package"
                        params={{ case: caseRef, package: name }}
                      >
                        {name}
                      </Link>
                    ),
                  },
                  {
                    id: 'state',
                    header: say('investigator.package.state'),
                    cell: ({ state }) => (
                      <Badge tone={packageTones[state]}>{say(`investigator.package-state.${state}`)}</Badge>
                    ),
                  },
                  {
                    id: 'drafted',
                    header: say('investigator.package.drafted'),
                    cell: (row) => <Time at={row.draftedAt} />,
                  },
                  { id: 'by', header: say('investigator.by'), cell: ({ draftedBy }) => draftedBy },
                  {
                    id: 'written',
                    header: say('investigator.package.written'),
                    cell: (row) => <Time at={row.writtenAt} />,
                  },
                  {
                    id: 'size',
                    header: say('investigator.size'),
                    align: 'end',
                    cell: ({ zipBytes }) => (zipBytes === null ? null : bytes(zipBytes)),
                  },
                ]}
              />
            )
          }
        </Answer>
      </Section>
      <Answer query={proposal}>{(body) => <Proposal {...body} />}</Answer>
      {asking === 'draft' && proposal.data !== undefined && (
        <DraftPackageDialog caseRef={caseRef} proposal={proposal.data} onClose={() => setAsking('nothing')} />
      )}
    </CasePage>
  );
};
