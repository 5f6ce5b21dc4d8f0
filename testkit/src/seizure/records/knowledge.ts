import { type Random, whole } from '../../picture/random.js';
import { momentBetween, serviceEnd, serviceStart, type User } from '../people.js';
import { pick } from '../words.js';
import { csvLine, type SeizedFile, second, textFile } from './seized-file.js';

/** A notice to the operator, and what it did about it. */
interface Notice {
  readonly number: number;
  readonly at: Date;
  readonly account: string;
  readonly answeredAt: Date | undefined;
  readonly takenDownAt: Date | undefined;
}

const hour = 3_600_000;
const desk = 'abuse@locker.example';

/** Mail to the abuse desk, staff at customers' folders, and takedowns: what the operator knew. */
export const operatorRecords = (random: Random, owners: readonly User[]): readonly SeizedFile[] => {
  const notices = Array.from({ length: Math.max(12, owners.length) }, (_, at) => noticeOf(random, at + 1, owners));
  notices.sort((a, b) => a.at.getTime() - b.at.getTime());
  return [mailbox(notices), takedowns(notices), staffAccess(random, owners)];
};

const noticeOf = (random: Random, number: number, owners: readonly User[]): Notice => {
  const at = momentBetween(random, serviceStart, serviceEnd);
  const later = (chance: number, hours: number): Date | undefined =>
    random() < chance ? new Date(at.getTime() + whole(random, 1, hours) * hour) : undefined;
  return {
    number,
    at,
    account: pick(random, owners).account,
    answeredAt: later(0.4, 200),
    takenDownAt: later(0.25, 900),
  };
};

const urlOf = (account: string): string => `https://locker.example/files/${account}/album-01/`;

/** An mbox (RFC 4155). */
const mailbox = (notices: readonly Notice[]): SeizedFile => {
  const mails = notices.flatMap(({ number, at, account, answeredAt }) => {
    const id = `<notice-${number}@hotline.example>`;
    const subject = `Notice ${number}: prohibited material`;
    const notice = mail({ from: 'notices@hotline.example', to: desk, at, id, subject }, [
      `Material was found at ${urlOf(account)}`,
      'Please act and preserve the records.',
    ]);
    const answer = { from: desk, to: 'notices@hotline.example', id: `<answer-${number}@locker.example>` };
    return answeredAt === undefined
      ? [notice]
      : [
          notice,
          mail({ ...answer, at: answeredAt, subject: `Re: ${subject}`, inReplyTo: id }, ['We take this seriously.']),
        ];
  });
  return textFile('server/mail/abuse.mbox', mails);
};

interface MailHead {
  readonly from: string;
  readonly to: string;
  readonly at: Date;
  readonly id: string;
  readonly subject: string;
  readonly inReplyTo?: string;
}

const mail = ({ from, to, at, id, subject, inReplyTo }: MailHead, body: readonly string[]): string => {
  const [weekday, , , , time] = at.toUTCString().replace(',', '').split(' ');
  const [, day, month, year] = at.toUTCString().replace(',', '').split(' ');
  return [
    `From ${from} ${weekday} ${month} ${day} ${time} ${year}`,
    `From: ${from}`,
    `To: ${to}`,
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${id}`,
    ...(inReplyTo === undefined ? [] : [`In-Reply-To: ${inReplyTo}`]),
    `Subject: ${subject}`,
    '',
    ...body,
    '',
  ].join('\n');
};

const takedowns = (notices: readonly Notice[]): SeizedFile => {
  const rows = notices.flatMap(({ number, account, takenDownAt }) =>
    takenDownAt === undefined ? [] : [csvLine([second(takenDownAt), `notice-${number}`, account, 'link-removed'])],
  );
  return textFile('server/admin/takedowns.csv', ['at,notice,account,action', ...rows]);
};

const staffAccess = (random: Random, owners: readonly User[]): SeizedFile => {
  const rows = Array.from({ length: 3 * owners.length }, () => ({
    at: momentBetween(random, serviceStart, serviceEnd),
    account: pick(random, owners).account,
  }))
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, account }) =>
      csvLine([second(at), pick(random, ['staff-a', 'staff-b']), pick(random, ['view-folder', 'download']), account]),
    );
  return textFile('server/admin/staff-access.csv', ['at,staff,action,account', ...rows]);
};
