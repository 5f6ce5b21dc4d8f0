import type { Tongue } from '@tutela/language';
import type { Authority } from '../authority-registry/queries.js';
import { type Block, facts, note, section } from '../export/pdf/blocks.js';
import type { NoticedReferral, NoticeRow } from './queries/notices.js';

/**
 * What an e-mail says: that something is there, how much of it and where to fetch it. Nothing of a report travels in
 * clear (test: "a notice says how much is there and nothing of what it is").
 */
export const noticeText = (
  { say }: Tongue,
  {
    authority,
    notice,
    feedUrl,
  }: { readonly authority: Authority; readonly notice: NoticeRow; readonly feedUrl: string },
): { readonly subject: string; readonly text: string } => {
  const { referrals, urgent } = notice;
  const paragraphs = [
    say('clearinghouse.notice.greeting', { authority: authority.name }),
    say('clearinghouse.notice.body', { referrals, urgent }),
    say('clearinghouse.notice.fetch', { url: feedUrl, authority: authority.authority_id }),
    say('clearinghouse.notice.nothing-inside'),
  ];
  const subject = urgent > 0 ? 'clearinghouse.notice.subject-urgent' : 'clearinghouse.notice.subject';
  return { subject: say(subject, { referrals, urgent }), text: `${paragraphs.join('\n\n')}\n` };
};

/** The same on paper, with the references of what is there: a letter can be opened by others too. */
export const noticeLetter = (
  tongue: Tongue,
  { referrals, ...told }: Parameters<typeof noticeText>[1] & { readonly referrals: readonly NoticedReferral[] },
): readonly Block[] => {
  const { say } = tongue;
  const { text } = noticeText(tongue, told);
  return [
    { kind: 'title', text: say('clearinghouse.notice.letter-title') },
    ...(told.authority.address === null ? [] : [note(told.authority.address)]),
    ...text.trimEnd().split('\n\n').map(note),
    section(say('clearinghouse.notice.letter-list')),
    facts(
      ...referrals.map(
        ({ referral_id, change, reports, at }) =>
          [tongue.day(at), `${referral_id}: ${say(`clearinghouse.change.${change as 'made'}`, { reports })}`] as const,
      ),
    ),
  ];
};
