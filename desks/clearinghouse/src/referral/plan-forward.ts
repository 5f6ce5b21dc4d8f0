import { groupBy } from '@tutela/core';
import { chooseAuthority } from '../authority-registry/choose-authority.js';
import type { Authority } from '../authority-registry/queries.js';
import { noCountry, type PendingReport, type RoutedCountry } from './plan-route.js';
import type { Lane, ReferralTable } from './schema.js';

/** All of a bundle that one authority gets. */
export interface ForwardPart extends Pick<ReferralTable, 'label' | 'label_reason' | 'lane' | 'incident_type'> {
  readonly authority: Authority;
  readonly reports: readonly PendingReport[];
}

export interface ForwardPlan {
  readonly parts: readonly ForwardPart[];
  readonly routings: readonly { readonly report: PendingReport; readonly row: RoutedCountry }[];
}

/** A bundle's reports by the authority that each belongs to: one referral for each, however many reports it has. */
export const planForward = (reports: readonly PendingReport[], authorities: readonly Authority[]): ForwardPlan => {
  const ways = reports.flatMap((report) =>
    (report.countries.length === 0 ? [noCountry] : report.countries).map((country) =>
      wayOf(report, country, authorities),
    ),
  );
  const sent = ways.flatMap(({ report, authority }) => (authority === undefined ? [] : [{ report, authority }]));
  const parts = [...groupBy(sent, ({ authority }) => authority.authority_id).values()].map((group): ForwardPart => {
    const own = group.map(({ report }) => report);
    const reasoned = own.find(({ label }) => label === 'referral') ?? own[0];
    return {
      authority: (group[0] as (typeof group)[number]).authority,
      reports: own,
      label: reasoned?.label ?? 'informational',
      label_reason: reasoned?.label_reason ?? '',
      lane: mostUrgent(own),
      incident_type: mostFrequent(own.map(({ incident_type }) => incident_type)),
    };
  });
  return { parts, routings: ways.map(({ report, row }) => ({ report, row })) };
};

const wayOf = (report: PendingReport, country: string, authorities: readonly Authority[]) => {
  const { incident_type: incidentType, lane } = report;
  const found = country === noCountry ? undefined : chooseAuthority(authorities, { country, incidentType, lane });
  if (found?.kind === 'done') {
    const { authority_id } = found.value;
    const row: RoutedCountry = { country, outcome: 'referred', reason: null, authority_id };
    return { report, row, authority: found.value };
  }
  const reason = found?.reason.code ?? 'country-unknown';
  const outcome = reason === 'no-child-protection-authority' ? 'held' : 'unroutable';
  const row: RoutedCountry = { country, outcome, reason, authority_id: null };
  return { report, row };
};

const mostUrgent = (reports: readonly PendingReport[]): Lane =>
  (['crisis', 'diverted', 'normal'] as const).find((lane) => reports.some((report) => report.lane === lane)) ??
  'normal';

const mostFrequent = (texts: readonly string[]): string =>
  [...groupBy(texts, (text) => text)].toSorted(([, one], [, other]) => other.length - one.length)[0]?.[0] ?? '';
