import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Answer, DataTable, EmptyState, Time } from '../../design/index.js';
import { readEvents } from '../queries.js';

const type = 'exposure.limit-lifted';
const shown = 200;

const overridesQuery = {
  queryKey: ['oversight', 'overrides'],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => readEvents({ type })({ limit: shown }, signal),
};

/** When the daily limit was lifted for somebody, after two others approved it. */
export const Overrides = () => {
  const { say } = useTongue();
  const query = useQuery(overridesQuery);
  return (
    <Answer query={query}>
      {({ rows }) =>
        rows.length === 0 ? (
          <EmptyState title={say('oversight.overrides.none')}>{say('oversight.overrides.none-why')}</EmptyState>
        ) : (
          <>
            <DataTable
              caption={say('oversight.looks.overrides')}
              rows={rows}
              rowKey={({ index }) => `${index}`}
              columns={[
                { id: 'at', header: say('oversight.events.at'), cell: ({ at }) => <Time at={at} /> },
                { id: 'by', header: say('oversight.events.actor'), cell: ({ actor }) => actor },
                { id: 'who', header: say('oversight.events.subjects'), cell: ({ subjects }) => subjects.join(', ') },
              ]}
            />
            <Link to="/desk/oversight/events" search={{ type }}>
              {say('oversight.overrides.all')}
            </Link>
          </>
        )
      }
    </Answer>
  );
};
