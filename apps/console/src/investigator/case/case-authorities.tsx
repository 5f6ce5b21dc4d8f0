import { useQuery } from '@tanstack/react-query';
import type { AuthoritiesBody } from '@tutela/investigator-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, EmptyState, Facts, Section, ShortCode, Time } from '../../design/index.js';
import { authoritiesQuery } from '../case-queries.js';
import { AuthorityScope, type ScopeAsStated } from './authority-scope.js';

/** What allows this case to do anything: each authority in its own words, how far it reaches, whether it stands. */
export const CaseAuthorities = ({ caseRef }: { readonly caseRef: string }) => {
  const { say } = useTongue();
  return (
    <Answer query={useQuery(authoritiesQuery(caseRef))}>
      {({ authorities }) =>
        authorities.length === 0 ? (
          <Section title={say('investigator.case.tab-authorities')}>
            <EmptyState title={say('investigator.authorities.none')}>
              {say('investigator.authorities.none-why')} <code>tutela authority enter</code>
            </EmptyState>
          </Section>
        ) : (
          <div className="sections">
            {authorities.map((one) => (
              <Authority key={`${one.authority.id} ${one.authority.version}`} {...one} />
            ))}
          </div>
        )
      }
    </Answer>
  );
};

const Authority = ({ authority, standing, verification }: AuthoritiesBody['authorities'][number]) => {
  const { say, sayIfKnown, list } = useTongue();
  return (
    <Section
      title={say('investigator.authority.title', {
        kind: sayIfKnown(`investigator.authority-kind.${authority.kind}`) ?? authority.kind,
        number: authority.fileNumber,
      })}
      actions={
        <Badge tone={standing === 'in-force' ? 'good' : 'alarm'}>
          {sayIfKnown(`investigator.rule.${standing}`) ?? standing}
        </Badge>
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
      <AuthorityScope scope={authority.scope as ScopeAsStated} conditions={authority.conditions} />
      <p className="about">
        {say('investigator.authority.document')} <ShortCode code={authority.documentSha256} />
      </p>
    </Section>
  );
};
