import type { QueueItem } from '@tutela/clearinghouse-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Badge, type Column } from '../../design/index.js';
import { useFactWords } from './fact-words.js';
import { laneTones } from './tones.js';

/** Both numbers apart, what they are made of, and who is at work on it. */
export const useQueueColumns = (): readonly Column<QueueItem>[] => {
  const { say, number, away, country } = useTongue();
  const words = useFactWords();
  const nameOf = ({ reportNumber, reports, bundleKind }: QueueItem) =>
    reportNumber ??
    say('clearinghouse.column.bundle', { reports, kind: say(`clearinghouse.triage.bundle.${bundleKind ?? 'file'}`) });
  const now = new Date();
  const bold = (item: QueueItem, text: string) => (item.seen === 'unread' ? <strong>{text}</strong> : text);
  return [
    {
      id: 'lane',
      header: say('clearinghouse.column.lane'),
      width: '9.8rem',
      cell: ({ lane }) => <Badge tone={laneTones[lane]}>{say(`clearinghouse.lane.short.${lane}`)}</Badge>,
    },
    {
      id: 'priority',
      header: say('clearinghouse.column.priority'),
      width: '3.8rem',
      align: 'end',
      cell: (item) => bold(item, number(item.priority)),
    },
    {
      id: 'because',
      header: say('clearinghouse.column.because'),
      width: '1fr',
      cell: ({ facts }) => {
        const found = words.dangers(facts) || say('clearinghouse.column.no-facts');
        return <span title={found}>{found}</span>;
      },
    },
    {
      id: 'completeness',
      header: say('clearinghouse.column.completeness'),
      width: '7rem',
      cell: ({ completeness, facts }) => {
        const missing = words.missing(facts);
        return (
          <span title={missing.join(' · ')}>
            {number(completeness)}
            {missing.length > 0 && (
              <span className="about"> · {say('clearinghouse.column.so-many-missing', { count: missing.length })}</span>
            )}
          </span>
        );
      },
    },
    {
      id: 'item',
      header: say('clearinghouse.column.item'),
      width: '8.6rem',
      cell: (item) => <span title={nameOf(item)}>{bold(item, nameOf(item))}</span>,
    },
    {
      id: 'label',
      header: say('clearinghouse.column.label'),
      width: '6.8rem',
      cell: ({ label }) => say(`clearinghouse.triage.label.${label}`),
    },
    {
      id: 'countries',
      header: say('clearinghouse.column.countries'),
      width: '4.6rem',
      cell: ({ countries }) =>
        countries.length === 0 ? (
          say('clearinghouse.column.unknown')
        ) : (
          <span title={countries.map((one) => country(one)).join(', ')}>{countries.join(', ')}</span>
        ),
    },
    {
      id: 'since',
      header: say('clearinghouse.column.since'),
      width: '7.8rem',
      cell: ({ since }) => away(since, now),
    },
    {
      id: 'claimed',
      header: say('clearinghouse.column.claimed'),
      width: '5.2rem',
      cell: ({ claimedBy, seen }) => claimedBy ?? (seen === 'unread' ? say('clearinghouse.column.unread') : '—'),
    },
  ];
};
