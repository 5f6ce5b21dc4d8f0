import { useQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Answer, DataTable, EmptyState } from '../../design/index.js';
import { teamQuery } from '../queries.js';

/** Sums of a day over everybody: no person stands out, and days on which too few looked are left out. */
export const Team = () => {
  const { say, number, duration } = useTongue();
  const query = useQuery(teamQuery);
  return (
    <Answer query={query}>
      {({ days, leastPeople }) => (
        <>
          <p className="about">{say('oversight.team.about', { least: leastPeople })}</p>
          {days.length === 0 ? (
            <EmptyState title={say('oversight.team.none')}>{say('oversight.team.none-why')}</EmptyState>
          ) : (
            <DataTable
              caption={say('oversight.looks.team')}
              rows={days}
              rowKey={({ day }) => day}
              columns={[
                { id: 'day', header: say('oversight.team.day'), cell: ({ day }) => day },
                { id: 'people', header: say('oversight.team.people'), align: 'end', cell: (row) => number(row.people) },
                {
                  id: 'looks',
                  header: say('oversight.team.reveals'),
                  align: 'end',
                  cell: (row) => number(row.reveals),
                },
                { id: 'time', header: say('oversight.team.time'), align: 'end', cell: (row) => duration(row.seconds) },
              ]}
            />
          )}
        </>
      )}
    </Answer>
  );
};
