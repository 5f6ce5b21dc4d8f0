import type { QueueItem } from '@tutela/clearinghouse-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Badge, type Column } from '../../design/index.js';
import { useFactWords } from './fact-words.js';
import { useItemName } from './item-link.js';
import { labelTones, laneTones } from './tones.js';

/** Both numbers apart, what they are made of, and who is at work on it. */
export const useQueueColumns = (): readonly Column<QueueItem>[] => {
  const { say, number, away, country } = useTongue();
  const words = useFactWords();
  const nameOf = useItemName();
  const now = new Date();
  const bold = (item: QueueItem, text: string) => (item.seen === 'unread' ? <strong>{text}</strong> : text);
  return [
    {
      id: 'lane',
      header: say('clearinghouse.column.lane'),
      width: '8.5rem',
      cell: ({ lane }) => <Badge tone={laneTones[lane]}>{say(`clearinghouse.lane.short.${lane}`)}</Badge>,
    },
    {
      id: 'priority',
      header: say('clearinghouse.column.priority'),
      width: '4.5rem',
      align: 'end',
      cell: (item) => bold(item, number(item.priority)),
    },
    {
      id: 'because',
      header: say('clearinghouse.column.because'),
      width: '2.4fr',
      cell: ({ facts }) => words.dangers(facts) || say('clearinghouse.column.no-facts'),
    },
    {
      id: 'completeness',
      header: say('clearinghouse.column.completeness'),
      width: '6.5rem',
      align: 'end',
      cell: ({ completeness }) => number(completeness),
    },
    {
      id: 'missing',
      header: say('clearinghouse.column.missing'),
      width: '1.2fr',
      cell: ({ facts }) => words.missing(facts).join(' · ') || say('clearinghouse.column.nothing-missing'),
    },
    { id: 'item', header: say('clearinghouse.column.item'), width: '1.3fr', cell: (item) => bold(item, nameOf(item)) },
    {
      id: 'label',
      header: say('clearinghouse.column.label'),
      width: '8.5rem',
      cell: ({ label }) => <Badge tone={labelTones[label]}>{say(`clearinghouse.triage.label.${label}`)}</Badge>,
    },
    {
      id: 'countries',
      header: say('clearinghouse.column.countries'),
      width: '0.9fr',
      cell: ({ countries }) =>
        countries.length === 0 ? say('common.map.unknown') : countries.map((one) => country(one)).join(', '),
    },
    {
      id: 'since',
      header: say('clearinghouse.column.since'),
      width: '6.5rem',
      cell: ({ since }) => away(since, now),
    },
    {
      id: 'claimed',
      header: say('clearinghouse.column.claimed'),
      width: '6rem',
      cell: ({ claimedBy, seen }) => claimedBy ?? (seen === 'unread' ? say('clearinghouse.column.unread') : '—'),
    },
  ];
};
