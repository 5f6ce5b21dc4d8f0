import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { PackageBody, PackageRequestBody } from '@tutela/investigator-desk/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import {
  Answer,
  Badge,
  Beside,
  Button,
  ConfirmDialog,
  DataTable,
  Facts,
  Section,
  ShortCode,
  Time,
} from '../../design/index.js';
import { CasePage } from '../case-page.js';
import { packageTones } from './package-states.js';
import { Exclusions } from './proposal.js';
import { exportPackage, packageQuery, packageRequestQuery } from './queries.js';
import { VerifyPackage } from './verify-package.js';

const route = getRouteApi('/desk/investigator/cases/$case/packages/$package');

/** One package: what is to be approved, who has, what was written, and whether it holds. */
export const PackageScreen = () => {
  const { say } = useTongue();
  const { case: caseRef, package: name } = route.useParams();
  const request = useQuery(packageRequestQuery(name));
  return (
    <CasePage
      caseRef={caseRef}
      title={say('investigator.package.title', { name })}
      about={say('investigator.package.about')}
    >
      <Answer query={useQuery(packageQuery(name))}>
        {(made) => (
          <Beside
            aside={
              <>
                <Answer query={request}>{(asked) => <Approvals {...asked} />}</Answer>
                <Export {...made} />
              </>
            }
          >
            <Written {...made} />
            {made.state === 'written' && <VerifyPackage name={name} />}
            <Answer query={request}>{(asked) => <Contents {...asked} />}</Answer>
          </Beside>
        )}
      </Answer>
    </CasePage>
  );
};

const Written = (made: PackageBody) => {
  const { say, sayIfKnown, number, bytes } = useTongue();
  return (
    <Section
      title={say('investigator.package.state')}
      actions={<Badge tone={packageTones[made.state]}>{say(`investigator.package-state.${made.state}`)}</Badge>}
    >
      {made.why !== null && <p>{made.why}</p>}
      <Facts
        facts={[
          { name: say('investigator.package.drafted-by'), value: made.draftedBy },
          { name: say('investigator.package.events'), value: made.events === null ? null : number(made.events) },
          { name: say('investigator.size'), value: made.zipBytes === null ? null : bytes(made.zipBytes) },
          { name: say('investigator.package.drafted'), value: <Time at={made.draftedAt} />, form: 'wide' },
          { name: say('investigator.package.written'), value: <Time at={made.writtenAt} />, form: 'wide' },
          { name: say('investigator.package.zip-digest'), value: made.zipSha256, form: 'code' },
        ]}
      />
      {made.missing.length > 0 && (
        <DataTable
          caption={say('investigator.package.missing')}
          rows={made.missing}
          rowKey={({ what }) => what}
          columns={[
            {
              id: 'what',
              header: say('investigator.package.missing-what'),
              cell: ({ what }) => sayIfKnown(`investigator.proof.${what}`) ?? what,
            },
            { id: 'why', header: say('investigator.package.missing-why'), cell: ({ why }) => why },
          ]}
        />
      )}
    </Section>
  );
};

const Approvals = (asked: PackageRequestBody) => {
  const { say } = useTongue();
  return (
    <Section title={say('investigator.approvals.title')} about={say('investigator.approvals.about')}>
      <p>
        <Badge
          tone={asked.state === 'refused' ? 'alarm' : asked.approvedBy.length >= asked.needed ? 'good' : 'waiting'}
        >
          {say('investigator.approvals.count', { given: asked.approvedBy.length, needed: asked.needed })}
        </Badge>
      </p>
      <ol className="history">
        {asked.approvedBy.map(({ person, method, at }) => (
          <li key={person}>
            <p>{person}</p>
            <p className="about">
              {method} · <Time at={at} />
            </p>
          </li>
        ))}
        <li>
          <p>{say('investigator.approvals.asked', { person: asked.requestedBy })}</p>
          <p className="history-detail">{asked.reason}</p>
          <p className="about">
            <Time at={asked.requestedAt} />
          </p>
        </li>
      </ol>
      {asked.refusedBy !== null && <p>{say('investigator.approvals.refused', { person: asked.refusedBy })}</p>}
      {asked.state === 'open' && (
        <p>
          {say('investigator.approvals.how')}{' '}
          <Link to="/desk/oversight/approvals">{say('oversight.approvals.title')}</Link>,{' '}
          <code>tutela approval approve {asked.request.slice(0, 12)}</code>
        </p>
      )}
      <p className="about">
        {say('investigator.approvals.until')} <Time at={asked.expiresAt} />
      </p>
      <p className="about">
        {say('investigator.approvals.digest')} <ShortCode code={asked.request} />
      </p>
    </Section>
  );
};

const Export = ({ name, state, caseRef }: PackageBody) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const [asking, setAsking] = useState<'nothing' | 'refuse' | 'write'>('nothing');
  const act = useMutation({ mutationFn: (proof: 'refuse' | 'write') => exportPackage(name, proof) });
  if (state === 'written')
    return (
      <Section title={say('investigator.export.title')}>
        <p>{say('investigator.export.done')}</p>
        <p>
          <code>tutela package verify {name}</code>
        </p>
        <Link to="/desk/investigator/cases/$case/packages" params={{ case: caseRef }}>
          {say('investigator.packages.title')}
        </Link>
      </Section>
    );
  return (
    <Section title={say('investigator.export.title')} about={say('investigator.export.about')}>
      <div className="actions">
        <Button kind="danger" onPress={() => setAsking('refuse')}>
          {say('investigator.export.act')}
        </Button>
        <Button onPress={() => setAsking('write')}>{say('investigator.export.without-proof')}</Button>
      </div>
      {asking !== 'nothing' && (
        <ConfirmDialog
          title={say('investigator.export.ask', { name })}
          confirm={say(asking === 'refuse' ? 'investigator.export.act' : 'investigator.export.without-proof')}
          kind="danger"
          reason="none"
          onClose={() => setAsking('nothing')}
          onConfirm={async () => {
            await act.mutateAsync(asking);
            await client.invalidateQueries({ queryKey: ['investigator'] });
          }}
        >
          <p>{say(asking === 'refuse' ? 'investigator.export.then' : 'investigator.export.then-without')}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
};

const Contents = ({ items, exclusions, recipients }: PackageRequestBody) => {
  const { say, sayIfKnown, bytes } = useTongue();
  return (
    <>
      <Section title={say('investigator.package.contents', { count: items.length })}>
        <p>
          {recipients.length === 0
            ? say('investigator.package.to-nobody')
            : say('investigator.package.to', { names: recipients.map(({ name }) => name).join('; ') })}
        </p>
        <DataTable
          caption={say('investigator.package.contents-caption')}
          rows={items.slice(0, 500)}
          rowKey={({ id }) => id}
          columns={[
            { id: 'file', header: say('investigator.package.file'), cell: ({ id }) => <code>{id}</code> },
            {
              id: 'as',
              header: say('investigator.package.as'),
              cell: (row) => sayIfKnown(`investigator.packed.${row.as}`) ?? row.as,
            },
            { id: 'size', header: say('investigator.size'), align: 'end', cell: (row) => bytes(Number(row.bytes)) },
            { id: 'sha', header: 'SHA-256', cell: ({ sha256 }) => <ShortCode code={sha256} /> },
          ]}
        />
      </Section>
      <Exclusions exclusions={exclusions} />
    </>
  );
};
