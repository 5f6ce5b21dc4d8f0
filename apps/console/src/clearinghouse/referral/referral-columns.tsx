import type { ListedReferral } from '@tutela/clearinghouse-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Badge, type Column } from '../../design/index.js';
import { useFactWords } from '../triage/fact-words.js';
import { laneTones } from '../triage/tones.js';
import { type ReferralsSearch, referralTones } from './referrals-search.js';
import { useAuthorityName } from './use-authority-name.js';

/** What was sent, why it is as urgent as it is, and to whom; the last column is what the order goes by. */
export const useReferralColumns = ({ order }: ReferralsSearch): readonly Column<ListedReferral>[] => {
  const { say, number, away, moment } = useTongue();
  const words = useFactWords();
  const nameOf = useAuthorityName();
  const now = new Date();
  const ago = (at: string) => <span title={moment(at)}>{away(at, now)}</span>;
  return [
    {
      id: 'referral',
      header: say('clearinghouse.referral.title'),
      width: '8rem',
      cell: ({ reportNumber, reports }) => reportNumber ?? say('clearinghouse.triage.bundle.reports', { reports }),
    },
    {
      id: 'lane',
      header: say('clearinghouse.column.lane'),
      width: '11rem',
      cell: ({ urgency: { lane } }) => <Badge tone={laneTones[lane]}>{say(`clearinghouse.lane.short.${lane}`)}</Badge>,
    },
    {
      id: 'because',
      header: say('clearinghouse.referral.urgency'),
      width: '5fr',
      cell: ({ urgency: { facts } }) => {
        const found = words.why(facts) || say('clearinghouse.column.no-facts');
        return (
          <span className="two-lines" title={found}>
            {found}
          </span>
        );
      },
    },
    {
      id: 'priority',
      header: say('clearinghouse.column.priority'),
      width: '4.6rem',
      align: 'end',
      cell: ({ urgency: { priority } }) => number(priority),
    },
    {
      id: 'authority',
      header: say('clearinghouse.referral.authority'),
      width: '2fr',
      cell: ({ authorityId, country }) => (
        <span title={nameOf(authorityId)}>{`${country} · ${nameOf(authorityId)}`}</span>
      ),
    },
    {
      id: 'state',
      header: say('clearinghouse.filter.state'),
      width: '7.6rem',
      cell: ({ state }) => (
        <span title={say(`clearinghouse.referral.state.${state}`)}>
          <Badge tone={referralTones[state]}>{say(`clearinghouse.referral.short.${state}`)}</Badge>
        </span>
      ),
    },
    order === 'newest'
      ? {
          id: 'made',
          header: say('clearinghouse.referral.made'),
          width: '7rem',
          cell: ({ madeAt }) => ago(madeAt),
        }
      : {
          id: 'since',
          header: say('clearinghouse.column.since'),
          width: '7rem',
          cell: ({ urgency: { since } }) => ago(since),
        },
  ];
};
