import type { Engine } from '@tutela/engine';
import { type MailServer, openMailServer } from '@tutela/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MailSettings } from './mail.js';
import { openMail } from './mail.js';
import { clock, openRoutingGround, type RoutingGround } from './routing-ground.test-support.js';
import type { NoticeId } from './schema.js';
import { sendNotice } from './send-notice.js';

interface Notice {
  readonly notice_id: NoticeId;
  readonly authority_id: string;
  readonly state: string;
  readonly referrals: number;
  readonly attempt: number;
  readonly receipt: string | null;
  readonly trouble: string | null;
  readonly next_at: string | null;
  readonly escalated_at: string | null;
}

let ground: RoutingGround;
let server: MailServer;
let settings: MailSettings;
let started: string[];
beforeAll(async () => {
  server = await openMailServer();
  settings = {
    host: '127.0.0.1',
    port: server.port,
    encryption: 'none',
    from: 'tutela@clearinghouse.example',
    feedUrl: 'https://clearinghouse.example/feed/v1/',
  };
  started = [];
  const engine = (): Pick<Engine, 'start'> => ({ start: async (_, { id }) => void started.push(id) });
  ground = await openRoutingGround({ mail: settings, engine });
});
afterAll(async () => {
  await ground.close();
  await server.close();
});

const notices = (authority: string) =>
  ground.rows(sql<Notice>`
    select * from clearinghouse.notice where authority_id = ${authority} order by queued_at, attempt desc`);
const later = (minutes: number): void => clock.set(new Date(Date.parse(clock.now()) + minutes * 60_000).toISOString());
const attempt = (noticeId: NoticeId) =>
  sendNotice({ db: ground.db, clock, mail: { send: openMail(settings), feedUrl: settings.feedUrl } }, noticeId);

/** Of the demonstration's authorities the tenth of its list gets notices by mail. */
const mailed = async (): Promise<{ readonly id: string; readonly country: string; readonly address: string }> => {
  const found = (await ground.desk.routing.authorities()).find(({ channel }) => channel === 'email');
  return { id: found?.authority_id ?? '', country: found?.country ?? '', address: found?.address ?? '' };
};

test('a notice says how much is there and nothing of what it is', async () => {
  const { id, country, address } = await mailed();
  const reports = [await ground.fileIn(country), await ground.fileIn(country)];
  await ground.work();
  const [notice] = await notices(id);
  expect(notice).toMatchObject({ state: 'queued', referrals: 2 });
  await ground.desk.routing.sweepNotices();
  expect(started).toEqual([]);
  later(6);
  await ground.desk.routing.sweepNotices();
  expect(started).toEqual([`clearinghouse/notice/${notice?.notice_id}/0`]);
  await attempt(notice?.notice_id as NoticeId);
  const [mail] = server.received;
  expect(mail?.to).toEqual([address]);
  expect(mail?.raw).toContain('2 new referrals in your feed');
  // Quoted-printable folds lines (RFC 2045 §6.7).
  expect(mail?.raw.replaceAll('=\r\n', '')).toContain(settings.feedUrl);
  for (const secret of [...reports, 'Child', 'account-']) expect(mail?.raw).not.toContain(secret);
  expect(await notices(id)).toMatchObject([{ state: 'sent', receipt: expect.stringContaining('queued as 1') }]);
  await attempt(notice?.notice_id as NoticeId);
  expect(server.received.length).toBe(1);
});

test('a server that turns it down is tried again, ever later, and a person is told after a day; what is new meanwhile has a notice of its own', async () => {
  const { id, country } = await mailed();
  server.setMood('turns-down');
  await ground.fileIn(country);
  await ground.work();
  const queued = async () => (await notices(id)).filter(({ state }) => state === 'queued');
  const [{ notice_id: noticeId } = { notice_id: '' as NoticeId }] = await queued();
  const waits: number[] = [];
  for (let n = 0; n < 4; n++) {
    later(61);
    await attempt(noticeId);
    const [now] = await queued();
    waits.push((Date.parse(now?.next_at ?? '') - Date.parse(clock.now())) / 60_000);
  }
  expect(waits).toEqual([1, 2, 4, 8]);
  expect(await queued()).toMatchObject([{ attempt: 4, trouble: expect.stringContaining('later'), escalated_at: null }]);
  await ground.fileIn(country);
  await ground.work();
  expect((await queued()).map(({ attempt: tries }) => tries)).toEqual([4, 0]);
  later(24 * 60);
  await ground.desk.routing.sweepNotices();
  const [, awaiting] = await ground.console<{ notices: { escalatedAt: string | null }[] }>('awaiting');
  expect(awaiting.notices.some(({ escalatedAt }) => escalatedAt !== null)).toBe(true);
  server.setMood('takes');
  later(61);
  for (const { notice_id } of await queued()) await attempt(notice_id);
  expect(await queued()).toEqual([]);
});

test('a server that is not there is trouble like any other', async () => {
  const closed = await openMailServer();
  await closed.close();
  const send = openMail({ ...settings, port: closed.port });
  expect(await send({ to: 'a@b.example', subject: 's', text: 't', messageId: '<a@b>' })).toMatchObject({
    kind: 'failed',
    reason: { code: 'mail-not-accepted' },
  });
});

test('an authority that gets letters has one to print, in its language, and what was posted is noted with its number', async () => {
  const authority = (await ground.desk.routing.authorities()).find(({ channel }) => channel === 'post');
  await ground.fileIn(authority?.country ?? '');
  await ground.work();
  const [notice] = await notices(authority?.authority_id ?? '');
  const letter = await fetch(`${ground.address}/clearinghouse/notices/${notice?.notice_id}/letter.pdf`);
  expect(
    Buffer.from(await letter.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  const posted = `notices/${notice?.notice_id}/posted`;
  expect((await ground.console(posted, { receipt: 'RR123456789XX' }))[0]).toBe(200);
  expect((await ground.console(posted, { receipt: 'RR123456789XX' }))[0]).toBe(409);
  expect(await notices(authority?.authority_id ?? '')).toMatchObject([{ state: 'sent', receipt: 'RR123456789XX' }]);
});
