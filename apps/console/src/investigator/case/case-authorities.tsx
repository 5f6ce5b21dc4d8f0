import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { AuthoritiesBody } from '@tutela/investigator-desk/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import {
  Answer,
  Badge,
  Button,
  ConfirmDialog,
  EmptyState,
  Facts,
  Section,
  ShortCode,
  Time,
} from '../../design/index.js';
import { authoritiesQuery, revokeAuthority } from '../case-queries.js';
import { AuthorityScope, type ScopeAsStated } from './authority-scope.js';

/** What allows this case to do anything: each authority in its own words, how far it reaches, whether it stands. */
export const CaseAuthorities = ({ caseRef }: { readonly caseRef: string }) => {
  const { say } = useTongue();
  const enter = (
    <Link className="button" to="/desk/investigator/cases/$case/authorities/new" params={{ case: caseRef }}>
      {say('investigator.enter.title')}
    </Link>
  );
  return (
    <Answer query={useQuery(authoritiesQuery(caseRef))}>
      {({ authorities }) =>
        authorities.length === 0 ? (
          <Section title={say('investigator.case.tab-authorities')}>
            <EmptyState title={say('investigator.authorities.none')} action={enter}>
              {say('investigator.authorities.none-why')}
            </EmptyState>
          </Section>
        ) : (
          <div className="sections">
            <div className="actions">{enter}</div>
            {authorities.map((one) => (
              <Authority key={`${one.authority.id} ${one.authority.version}`} {...one} />
            ))}
          </div>
        )
      }
    </Answer>
  );
};

const Authority = ({ authority, standing, verification, end }: AuthoritiesBody['authorities'][number]) => {
  const { say, sayIfKnown, list } = useTongue();
  return (
    <Section
      title={say('investigator.authority.title', {
        kind: sayIfKnown(`investigator.authority-kind.${authority.kind}`) ?? authority.kind,
        number: authority.fileNumber,
      })}
      actions={
        <>
          <Badge tone={standing === 'in-force' ? 'good' : 'alarm'}>
            {sayIfKnown(`investigator.rule.${standing}`) ?? standing}
          </Badge>
          {end === null && <Revoke id={authority.id} name={authority.fileNumber} />}
        </>
      }
    >
      <blockquote className="operative">{authority.operativeText}</blockquote>
      <Facts
        facts={[
          { name: say('investigator.authority.issued-by'), value: authority.issuedBy },
          { name: say('investigator.authority.statute'), value: authority.statute },
          { name: say('investigator.authority.offence'), value: authority.offence },
          { name: say('investigator.authority.version'), value: authority.version },
          {
            name: say('investigator.authority.force'),
            value: (
              <>
                <Time at={authority.from} /> – <Time at={authority.to} />
              </>
            ),
            form: 'wide',
          },
          {
            name: say('investigator.authority.grants'),
            value: list(authority.grants.map((step) => say(`investigator.step.${step}`))),
            form: 'wide',
          },
          {
            name: say('investigator.authority.verified'),
            value:
              verification === null
                ? say('investigator.authority.not-verified', { person: authority.enteredBy })
                : say('investigator.authority.verified-by', {
                    enteredBy: authority.enteredBy,
                    by: list(verification.by),
                  }),
            form: 'wide',
          },
        ]}
      />
      {verification === null && end === null && (
        <p>
          <Link to="/desk/oversight/approvals">{say('investigator.entered.to-approvals')}</Link>
        </p>
      )}
      <AuthorityScope scope={authority.scope as ScopeAsStated} conditions={authority.conditions} />
      <p className="about">
        {say('investigator.authority.document')} <ShortCode code={authority.documentSha256} />
      </p>
    </Section>
  );
};

/** Cannot be taken back: the court has to issue another. */
const Revoke = ({ id, name }: { readonly id: string; readonly name: string }) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const [asking, setAsking] = useState<'nothing' | 'revoke'>('nothing');
  return (
    <>
      <Button
        kind="danger"
        label={say('investigator.revoke.name', { number: name })}
        onPress={() => setAsking('revoke')}
      >
        {say('investigator.revoke.act')}
      </Button>
      {asking === 'revoke' && (
        <ConfirmDialog
          title={say('investigator.revoke.ask', { number: name })}
          confirm={say('investigator.revoke.act')}
          kind="danger"
          onClose={() => setAsking('nothing')}
          onConfirm={async (reason) => {
            await revokeAuthority(id, reason);
            await client.invalidateQueries({ queryKey: ['investigator'] });
          }}
        >
          <p>{say('investigator.revoke.then')}</p>
        </ConfirmDialog>
      )}
    </>
  );
};
