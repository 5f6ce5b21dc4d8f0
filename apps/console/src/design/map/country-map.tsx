import { lazy, Suspense } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Button } from '../button.js';
import { type Column, DataTable } from '../data-table.js';
import { Loading } from '../states.js';
import { type CountryCount, stepsOf } from './steps.js';

const WorldMap = lazy(async () => ({ default: (await import('./world-map.js')).WorldMap }));

export interface CountryMapProps {
  /** What is counted, such as users. */
  readonly label: string;
  /** One entry a country; `country` is ISO 3166-1 alpha-2, or `null` for what is of no known country: a row of its own. */
  readonly counts: readonly CountryCount[];
  /** More columns of the table, such as a rate. */
  readonly columns?: readonly Column<CountryCount>[];
  readonly onOpen?: (country: string) => void;
}

/** Counts by country on a map of the world, and always beside it the same as a table: most first, the unknown at the end. */
export const CountryMap = ({ label, counts, columns = [], onOpen }: CountryMapProps) => {
  const { say, number, percent, country: nameOf } = useTongue();
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const rows = counts.toSorted(
    (one, other) => Number(one.country === null) - Number(other.country === null) || other.count - one.count,
  );
  const name = ({ country }: CountryCount) => {
    if (country === null) return say('common.map.unknown');
    if (onOpen === undefined) return nameOf(country);
    return (
      <Button kind="quiet" onPress={() => onOpen(country)}>
        {nameOf(country)}
      </Button>
    );
  };
  return (
    <div className="map-and-table">
      <Suspense fallback={<Loading />}>
        <WorldMap label={say('common.map.of', { label })} steps={stepsOf(counts)} {...(onOpen && { onOpen })} />
      </Suspense>
      <DataTable
        caption={say('common.table-of', { what: label })}
        rows={rows}
        rowKey={({ country }) => country ?? 'unknown'}
        columns={[
          { id: 'country', header: say('common.map.country'), cell: name },
          { id: 'count', header: say('common.map.count'), align: 'end', cell: ({ count }) => number(count) },
          {
            id: 'share',
            header: say('common.map.share'),
            align: 'end',
            cell: ({ count }) => percent(total === 0 ? 0 : count / total),
          },
          ...columns,
        ]}
      />
    </div>
  );
};
