import { groupBy } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import { chooseAuthority } from '../authority-registry/choose-authority.js';
import type { Authority } from '../authority-registry/queries.js';
import type { AuthorityId, BundleId, Label, Lane, ReferralId, RoutingTable } from './schema.js';

/** A judged report that waits for its way. */
export interface PendingReport {
  readonly report_number: ReportNumber;
  readonly incident_type: string;
  /** Sorted; none: nothing in it points anywhere. */
  readonly countries: readonly string[];
  readonly version: number;
  readonly lane: Lane;
  readonly label: Label;
  readonly label_reason: string;
  /** A bundle so large that a person forwards it as one. */
  readonly large_bundle: BundleId | null;
}

/** A referral of the report that was made before and not recalled. */
export interface StandingReferral {
  readonly report_number: ReportNumber;
  readonly referral_id: ReferralId;
  readonly authority_id: AuthorityId;
  readonly country: string;
  readonly kind: 'report' | 'bundle';
  readonly label: Label;
  readonly lane: Lane;
  readonly made_by: string;
}

/** Who made a referral that nobody decided on. */
export const routingProgram = 'clearinghouse/routing';

export interface RoutedCountry extends Pick<RoutingTable, 'country' | 'outcome' | 'reason' | 'authority_id'> {
  readonly country: string;
}

export interface RoutePlan {
  readonly report: PendingReport;
  readonly countries: readonly RoutedCountry[];
  readonly make: readonly Authority[];
  readonly relabel: readonly StandingReferral[];
  /** To an authority that is not the one any more; what a person sent stays. */
  readonly recall: readonly StandingReferral[];
}

export const noCountry = 'ZZ';

/**
 * Where a report goes: one referral for each country's authority. What goes nowhere has its reason, and a report in a
 * large bundle waits for the person who forwards the bundle, unless it is urgent. Planned again for a report that was
 * judged again, it changes only what is different.
 */
export const planRoute = (
  report: PendingReport,
  authorities: readonly Authority[],
  standing: readonly StandingReferral[],
): RoutePlan | undefined => {
  // What was forwarded as a bundle is changed as a bundle.
  if (standing.some(({ kind }) => kind === 'bundle')) return undefined;
  const byCountry = groupBy(standing, ({ country }) => country);
  const wanted = report.countries.length === 0 ? [noCountry] : report.countries;
  const decided = wanted.map((country) => decide(report, authorities, country, byCountry.get(country) ?? []));
  const chosen = decided.flatMap(({ authority }) => authority ?? []);
  const isChosen = (one: StandingReferral): boolean =>
    chosen.some(({ authority_id }) => authority_id === one.authority_id);
  return {
    report,
    countries: decided.map(({ row }) => row),
    make: chosen.filter(({ authority_id: id }) => !standing.some(({ authority_id }) => authority_id === id)),
    relabel: standing.filter((one) => isChosen(one) && (one.label !== report.label || one.lane !== report.lane)),
    recall: standing.filter((one) => !isChosen(one) && one.made_by === routingProgram),
  };
};

const decide = (
  { incident_type: incidentType, lane, large_bundle: bundle }: PendingReport,
  authorities: readonly Authority[],
  country: string,
  standing: readonly StandingReferral[],
): { readonly row: RoutedCountry; readonly authority?: Authority } => {
  const nowhere = (outcome: 'unroutable' | 'held', reason: string) => ({
    row: { country, outcome, reason, authority_id: null },
  });
  if (country === noCountry) return nowhere('unroutable', 'country-unknown');
  if (bundle !== null && lane === 'normal' && standing.length === 0) return nowhere('held', 'in-a-large-bundle');
  const found = chooseAuthority(authorities, { country, incidentType, lane });
  if (found.kind !== 'done') {
    const { code } = found.reason;
    return nowhere(code === 'no-child-protection-authority' ? 'held' : 'unroutable', code);
  }
  const { authority_id } = found.value;
  return { row: { country, outcome: 'referred', reason: null, authority_id }, authority: found.value };
};
