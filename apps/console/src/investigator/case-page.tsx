import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTongue } from '../app/tongue.js';
import { Page } from '../design/index.js';
import type { PageProps } from '../design/page.js';
import { casePlaces } from './case-places.js';

export interface CasePageProps extends Omit<PageProps, 'children'> {
  readonly caseRef: string;
  readonly children: ReactNode;
}

/** A screen of a case: which case it is, and the way to the others. */
export const CasePage = ({ caseRef, children, ...page }: CasePageProps) => {
  const { say } = useTongue();
  return (
    <Page {...page}>
      <nav className="case-places" aria-label={say('investigator.case.places', { caseRef })}>
        <span className="about">{caseRef}</span>
        {casePlaces.map(({ to, label, activeOptions }) => (
          <Link key={to} to={to} params={{ case: caseRef }} activeOptions={activeOptions}>
            {say(label)}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
};
