import type { LocationBody } from '@tutela/clearinghouse-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Badge, DataTable, EmptyState, Section, type Tone } from '../../design/index.js';

const tones: Readonly<Record<LocationBody['outcome'], Tone>> = {
  'one-country': 'good',
  conflicting: 'alarm',
  unknown: 'waiting',
};

/** Where the report points, every signal of it, and from which data each answer is. */
export const LocationSection = ({ location }: { readonly location: LocationBody | null }) => {
  const { say, country, list } = useTongue();
  if (location === null) return null;
  const { outcome, countries, signals, sources } = location;
  return (
    <Section title={say('clearinghouse.location.title')} about={say('clearinghouse.location.about')}>
      <p>
        <Badge tone={tones[outcome]}>{say(`clearinghouse.location.outcome.${outcome}`)}</Badge>{' '}
        {list(countries.map((one) => country(one)))}
      </p>
      {signals.length === 0 ? (
        <EmptyState title={say('clearinghouse.location.no-signals')} />
      ) : (
        <DataTable
          caption={say('clearinghouse.location.signals')}
          rows={signals.map((signal, nth) => ({ ...signal, nth }))}
          rowKey={({ nth }) => String(nth)}
          columns={[
            {
              id: 'kind',
              header: say('clearinghouse.location.signal'),
              cell: ({ kind }) => say(`clearinghouse.location.signal.${kind}`),
            },
            {
              id: 'country',
              header: say('common.map.country'),
              cell: (signal) => (signal.country === undefined ? say('common.map.unknown') : country(signal.country)),
            },
            {
              id: 'weight',
              header: say('clearinghouse.location.counts'),
              cell: ({ weight, reason }) =>
                reason === undefined
                  ? say(`clearinghouse.location.weight.${weight}`)
                  : `${say(`clearinghouse.location.weight.${weight}`)}: ${say(`clearinghouse.location.reason.${reason}`)}`,
            },
            { id: 'source', header: say('clearinghouse.location.source'), cell: ({ source }) => source },
            { id: 'path', header: say('clearinghouse.score.place'), cell: ({ path }) => <code>{path}</code> },
          ]}
        />
      )}
      {sources.map(({ name, date, sha256 }) => (
        <p key={sha256} className="about">
          {say('clearinghouse.location.data', { name, date })} <code>{sha256.slice(0, 16)}…</code>
        </p>
      ))}
    </Section>
  );
};
