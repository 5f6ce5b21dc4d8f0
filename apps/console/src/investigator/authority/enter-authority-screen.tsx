import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { EnteredBody } from '@tutela/investigator-desk/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Button, FailedState, Section, ShortCode } from '../../design/index.js';
import { CasePage } from '../case-page.js';
import { enterAuthority } from '../case-queries.js';
import { type AuthorityForm, emptyAuthority } from './authority-form.js';
import { DocumentPart } from './document-part.js';
import { GrantsPart } from './grants-part.js';
import { OriginPart, TimesPart } from './origin-part.js';
import { ScopePart } from './scope-part.js';
import { faultsOf, stateAuthority } from './state-authority.js';

const route = getRouteApi('/desk/investigator/cases/$case/authorities/new');

/** A legal authority is typed from its document; somebody else then reads the one against the other. */
export const EnterAuthorityScreen = () => {
  const { say } = useTongue();
  const { case: caseRef } = route.useParams();
  const client = useQueryClient();
  const [form, setForm] = useState(() => emptyAuthority(new Date()));
  const [tried, setTried] = useState<'not-yet' | 'tried'>('not-yet');
  const entering = useMutation({
    mutationFn: (stated: object) => enterAuthority(caseRef, stated),
    onSuccess: () => client.invalidateQueries({ queryKey: ['investigator'] }),
  });
  const change = (part: Partial<AuthorityForm>) => setForm((was) => ({ ...was, ...part }));
  const faults = faultsOf(form);
  const enter = () => {
    setTried('tried');
    if (faults.length === 0) entering.mutate(stateAuthority(form));
  };
  return (
    <CasePage caseRef={caseRef} title={say('investigator.enter.title')} about={say('investigator.enter.about')}>
      {entering.data === undefined ? (
        <>
          <div className="sections form">
            <OriginPart form={form} change={change} />
            <DocumentPart form={form} change={change} />
            <TimesPart form={form} change={change} />
            <ScopePart form={form} change={change} caseRef={caseRef} />
            <GrantsPart form={form} change={change} />
          </div>
          {tried === 'tried' && faults.length > 0 && (
            <div className="state state-failed" role="alert">
              <p className="state-title">{say('investigator.enter.missing', { count: faults.length })}</p>
              <ul>
                {faults.map((fault) => (
                  <li key={fault}>{say(`investigator.enter.fault-${fault}`)}</li>
                ))}
              </ul>
            </div>
          )}
          {entering.error !== null && <FailedState problem={entering.error} />}
          <div className="actions">
            <Button kind="main" state={entering.isPending ? 'busy' : 'ready'} onPress={enter}>
              {say('investigator.enter.act')}
            </Button>
          </div>
        </>
      ) : (
        <Entered caseRef={caseRef} entered={entering.data} />
      )}
    </CasePage>
  );
};

const Entered = ({ caseRef, entered }: { readonly caseRef: string; readonly entered: EnteredBody }) => {
  const { say } = useTongue();
  return (
    <Section title={say('investigator.entered.title')}>
      <p role="status">{say('investigator.entered.then', { count: entered.needed })}</p>
      <p className="about">
        {say('investigator.entered.request')} <ShortCode code={entered.digest} />
      </p>
      <div className="actions">
        <Link to="/desk/oversight/approvals">{say('investigator.entered.to-approvals')}</Link>
        <Link to="/desk/investigator/cases/$case" params={{ case: caseRef }} search={{ tab: 'authorities' }}>
          {say('investigator.case.tab-authorities')}
        </Link>
      </div>
    </Section>
  );
};
