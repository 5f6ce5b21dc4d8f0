import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Button, EmptyState, Field, Page, QueueTable, Time } from '../../design/index.js';
import { type EventRow, readEvents } from '../queries.js';
import { EventDialog } from './event-dialog.js';

const route = getRouteApi('/desk/oversight/events');

/** What oversight asks for most; the beginning of a type. */
const views = [
  ['overrides', 'exposure.limit-lifted'],
  ['exigencies', 'clearinghouse.file-opened'],
  ['released', 'provider.order-released'],
  ['packages', 'package.'],
  ['policy', 'policy.'],
] as const;

/** The kind of act names the desk already. */
const withoutDesk = (subject: string) => subject.slice(subject.indexOf('/') + 1);

/** The record of acts, newest first; who did what to what and when, never what it says. */
export const EventsScreen = () => {
  const { say } = useTongue();
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState({ case: filter.case ?? '', type: filter.type ?? '' });
  const [open, setOpen] = useState<EventRow>();
  const show = (next: { readonly case: string; readonly type: string }) => {
    setTyped(next);
    void navigate({
      search: { ...(next.case !== '' && { case: next.case }), ...(next.type !== '' && { type: next.type }) },
    });
  };
  return (
    <Page height="full" title={say('oversight.events.title')} about={say('oversight.events.about')}>
      <form
        className="actions"
        onSubmit={(event) => {
          event.preventDefault();
          show(typed);
        }}
      >
        <Field
          label={say('oversight.approvals.case')}
          value={typed.case}
          onChange={(value) => setTyped((was) => ({ ...was, case: value }))}
        />
        <Field
          label={say('oversight.events.type')}
          value={typed.type}
          onChange={(value) => setTyped((was) => ({ ...was, type: value }))}
        />
        <Button type="submit">{say('oversight.filter')}</Button>
        <Button kind="quiet" onPress={() => show({ case: '', type: '' })}>
          {say('oversight.filter-none')}
        </Button>
      </form>
      <ul className="ways">
        {views.map(([name, type]) => (
          <li key={name}>
            <Link to="/desk/oversight/events" search={{ type }} onClick={() => setTyped({ case: '', type })}>
              {say(`oversight.events.view-${name}`)}
            </Link>
          </li>
        ))}
      </ul>
      <QueueTable<EventRow>
        key={`${filter.case ?? ''} ${filter.type ?? ''}`}
        label={say('oversight.events.title')}
        queryKey={['oversight', 'events', filter]}
        read={readEvents(filter)}
        rowKey={({ index }) => `${index}`}
        onOpen={setOpen}
        empty={<EmptyState title={say('oversight.events.none')}>{say('oversight.events.none-why')}</EmptyState>}
        columns={[
          { id: 'index', header: say('oversight.events.index'), width: '4rem', align: 'end', cell: (row) => row.index },
          { id: 'at', header: say('oversight.events.at'), width: '13rem', cell: (row) => <Time at={row.at} /> },
          {
            id: 'type',
            header: say('oversight.events.kind'),
            width: '15.5rem',
            cell: (row) => <code title={row.type}>{row.type}</code>,
          },
          {
            id: 'actor',
            header: say('oversight.events.actor'),
            width: '2fr',
            cell: (row) => <span title={row.actor}>{row.actor}</span>,
          },
          { id: 'case', header: say('oversight.approvals.case'), cell: (row) => row.caseRef, width: '7rem' },
          {
            id: 'subjects',
            header: say('oversight.events.subjects'),
            width: '2fr',
            cell: ({ subjects }) => <span title={subjects.join(', ')}>{subjects.map(withoutDesk).join(', ')}</span>,
          },
        ]}
      />
      {open !== undefined && <EventDialog event={open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
};
