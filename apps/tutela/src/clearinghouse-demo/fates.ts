import { createHash } from 'node:crypto';
import type { Authority, CensusRow } from '@tutela/clearinghouse-desk';
import { groupBy } from '@tutela/core';
import type { ReportTruth } from '@tutela/testkit';

/** What became of a report, or had to: one line of text, so that two of them are the same or are not. */
export type Fates = ReadonlyMap<string, string>;

/** From so many reports about one picture on, a person forwards them as one (docs/clearinghouse.md). */
export const largeBundle = 100;

interface Fate {
  readonly lane: string | null;
  readonly label: string | null;
  readonly labelReason: string | null;
  readonly countries: readonly string[];
  /** `US referred us-demo-police`. */
  readonly routings: readonly string[];
  /** `report us-demo-police`. */
  readonly referrals: readonly string[];
  /** Kind and who is in it. */
  readonly bundles: readonly string[];
}

const lineOf = ({ lane, label, labelReason, countries, routings, referrals, bundles }: Fate): string =>
  [[lane, label, labelReason], countries, routings, referrals, bundles]
    .map((part) => part.map(String).toSorted().join(', '))
    .join(' | ');

/** By the reports' own references: neither numbers nor times of this run count. */
export const foundFates = (census: readonly CensusRow[]): Fates => {
  const members = groupBy(
    census.flatMap(({ reference, bundles }) =>
      bundles.map(({ id, kind }) => ({ id, kind, reference: reference ?? '' })),
    ),
    ({ id }) => id,
  );
  const names = new Map([...members].map(([id, group]) => [id, bundleName(group[0]?.kind ?? '', group)]));
  return new Map(
    census.map(({ reference, routings, referrals, bundles, ...row }) => [
      reference ?? '',
      lineOf({
        ...row,
        routings: routings.map(
          ({ country, outcome, reason, authority }) => `${country} ${outcome} ${authority ?? reason}`,
        ),
        referrals: referrals.map(({ kind, authority }) => `${kind} ${authority}`),
        bundles: bundles.map(({ id }) => names.get(id) ?? ''),
      }),
    ]),
  );
};

/** What has to become of each report by how it was made and whom the registry names. */
export const expectedFates = (truths: readonly ReportTruth[], authorities: readonly Authority[]): Fates => {
  const groups = expectedBundles(truths);
  const byReport = groupBy(
    [...groups].flatMap(([key, group]) => group.map(({ reference }) => ({ reference, key }))),
    ({ reference }) => reference,
  );
  const names = new Map([...groups].map(([key, group]) => [key, bundleName(key.split(' ')[0] ?? '', group)]));
  return new Map(
    truths.map((truth) => {
      const keys = (byReport.get(truth.key) ?? []).map(({ key }) => key);
      const isLarge = keys.some((key) => key.startsWith('picture ') && (groups.get(key)?.length ?? 0) >= largeBundle);
      const ways = (truth.countries.length === 0 ? ['ZZ'] : truth.countries).map((country) =>
        wayOf(truth, country, authorities),
      );
      return [
        truth.key,
        lineOf({
          lane: truth.lane,
          label: truth.label,
          labelReason: truth.labelReason,
          countries: truth.countries,
          routings: ways.map(({ routing }) => routing),
          referrals: ways.flatMap(({ authority }) =>
            authority === undefined ? [] : [`${isLarge ? 'bundle' : 'report'} ${authority}`],
          ),
          bundles: keys.map((key) => names.get(key) ?? ''),
        }),
      ];
    }),
  );
};

const wayOf = (
  { lane }: ReportTruth,
  country: string,
  authorities: readonly Authority[],
): { readonly routing: string; readonly authority?: string } => {
  if (country === 'ZZ') return { routing: 'ZZ unroutable country-unknown' };
  const takes = lane === 'diverted' ? 'diverted' : 'reports';
  const authority = authorities.find((one) => one.country === country && one.takes === takes)?.authority_id;
  if (authority !== undefined) return { routing: `${country} referred ${authority}`, authority };
  return {
    routing:
      lane === 'diverted'
        ? `${country} held no-child-protection-authority`
        : `${country} unroutable no-authority-in-country`,
  };
};

interface Member {
  readonly reference: string;
}

/** By `kind key`: what at least two reports share; of pictures, where their files are not the same anyway. */
const expectedBundles = (truths: readonly ReportTruth[]): ReadonlyMap<string, readonly Member[]> => {
  const shared = truths.flatMap(({ key: reference, account, page, pictures }) => [
    ...(account === undefined ? [] : [{ key: `account ${account}`, variant: reference, reference }]),
    ...(page === undefined ? [] : [{ key: `incident ${page}`, variant: reference, reference }]),
    ...pictures.flatMap(({ picture, content }) => [
      { key: `file ${content}`, variant: reference, reference },
      { key: `picture ${picture}`, variant: content, reference },
    ]),
  ]);
  return new Map(
    [...groupBy(shared, ({ key }) => key)].filter(([, group]) => new Set(group.map(({ variant }) => variant)).size > 1),
  );
};

const bundleName = (kind: string, members: readonly Member[]): string => {
  const references = members.map(({ reference }) => reference).toSorted();
  return `${kind} ${createHash('sha256').update(references.join('\n')).digest('hex').slice(0, 16)}`;
};

/** Of everything that became of everything: the same for a run that was disturbed. */
export const digestOf = (fates: Fates): string =>
  createHash('sha256')
    .update(
      [...fates]
        .map(([reference, line]) => `${reference} ${line}`)
        .toSorted()
        .join('\n'),
    )
    .digest('hex');

/** Where the two differ, some of them in words. */
export const differencesOf = (expected: Fates, found: Fates): readonly string[] => {
  const lost = [...expected.keys()].filter((key) => !found.has(key));
  const strange = [...found.keys()].filter((key) => !expected.has(key));
  const other = [...expected].filter(([key, line]) => found.has(key) && found.get(key) !== line);
  return [
    ...lost.map((key) => `${key} is lost`),
    ...strange.map((key) => `${key} was never filed`),
    ...other.map(([key, line]) => `${key} is "${found.get(key)}" and had to be "${line}"`),
  ];
};
