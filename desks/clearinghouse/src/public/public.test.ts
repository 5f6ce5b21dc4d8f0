import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Ground, openGround, type RunningDesk, settableClock, startDesk } from '../open-desk.test-support.js';
import { rowsOf } from '../triage/triage-ground.test-support.js';

const clock = settableClock('2026-03-01T12:00:00Z');
let ground: Ground;
let running: RunningDesk;
beforeAll(async () => {
  ground = await openGround();
  running = await startDesk(ground, clock);
});
afterAll(async () => {
  await running.stop();
  await ground.close();
});

const form = (path: string, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${running.address}${path}`, { method: 'POST', body: new URLSearchParams(fields), headers });

const codeIn = (page: string): string => /[A-Z2-9]{4}(-[A-Z2-9]{4}){3}/.exec(page)?.[0] ?? '';
const locationsOf = () =>
  rowsOf(
    ground,
    sql<{ countries: string[]; kind: string | null }>`
      select countries, signals -> 0 ->> 'kind' as kind from clearinghouse.location order by report_number`,
  );

test.each([
  ['en', 'Report an address'],
  ['es', 'Denunciar una dirección'],
  ['pt-BR', 'Denunciar um endereço'],
])('the form in %s needs no script and nothing from elsewhere', async (lang, title) => {
  const answer = await fetch(`${running.address}/public/report?lang=${lang}`);
  const page = await answer.text();
  expect(page).toContain(`<h1>${title}</h1>`);
  expect(page).toContain(`<html lang="${lang}">`);
  expect(page).not.toMatch(/<script|https?:\/\/(?!.*placeholder)/i);
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("form-action 'self'");
  expect(policy).not.toContain('script-src');
  expect(answer.headers.get('set-cookie')).toBeNull();
});

test('nothing is kept of who reported', async () => {
  const secret = { 'x-forwarded-for': '198.51.100.211', 'user-agent': 'Somebody/77', cookie: 'who=me' };
  const url = 'http://198.51.100.9/album?id=7';
  const answer = await form('/public/report', { url, note: 'Seen "there" & <b>not</b> sought.' }, secret);
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null]);
  expect(codeIn(await answer.text())).not.toBe('');
  const rows = await rowsOf(
    ground,
    sql<{ all: string }>`
      select (select string_agg(convert_from(document, 'UTF8') || content::text, '') from clearinghouse.submission) ||
             (select string_agg(entry, '') from ledger.event) ||
             (select string_agg(signals::text, '') from clearinghouse.location) ||
             (select string_agg(receipt::text, '') from clearinghouse.public_receipt as receipt) as all`,
  );
  for (const trace of ['198.51.100.211', 'Somebody', 'who=me']) expect(rows[0]?.all).not.toContain(trace);
});

test('an address lies where its host does by the operator’s data, and a name is never resolved', async () => {
  await form('/public/report', { url: 'https://site.example/page' });
  expect(await locationsOf()).toEqual([
    { countries: ['US'], kind: 'page-host' },
    { countries: [], kind: null },
  ]);
});

test('a code tells how a report stands, however it is typed, and another tells nothing', async () => {
  const code = codeIn(await (await form('/public/report', { url: 'https://site.example/other' })).text());
  const typed = code.toLowerCase().replaceAll('-', ' ');
  await vi.waitFor(async () => {
    await running.desk.triage();
    const asked = await form('/public/state?lang=es', { code: typed });
    expect(asked.status).toBe(200);
    expect(await asked.text()).toContain('fue evaluada');
  }, 10_000);
  const wrong = await form('/public/state', { code: 'AAAA-AAAA-AAAA-AAAA' });
  expect(wrong.status).toBe(404);
});

test.each([
  [{ url: '' }, 422, 'url-needed'],
  [{ url: 'not an address' }, 422, 'url-unusable'],
  [{ url: 'javascript:alert(1)' }, 422, 'url-unusable'],
  [{ url: 'https://site.example/', note: 'x'.repeat(3001) }, 422, 'text-too-long'],
  [{ url: 'https://site.example/', seenAt: '2999-01-01' }, 422, 'moment-unusable'],
  [{ url: 'https://site.example/', email: 'nobody' }, 422, 'email-unusable'],
  [{ url: 'https://site.example/', note: 'x'.repeat(70_000) }, 413, 'too-large'],
] as const)('of %o nothing is taken: %i %s', async (fields, status, code) => {
  // Each from a place of its own, so that no limit decides.
  const answer = await form('/public/report', fields, { 'x-forwarded-for': `2001:db8:${status}:${code.length}::1` });
  expect([answer.status, answer.headers.get('tutela-refused')]).toEqual([status, code]);
});

test('files and other bodies are not taken', async () => {
  const upload = new FormData();
  upload.set('url', 'https://site.example/');
  upload.set('file', new Blob(['x']), 'picture.jpg');
  for (const init of [
    { body: upload },
    { body: '{"url":"https://site.example/"}', headers: { 'content-type': 'application/json' } },
    {},
  ]) {
    const answer = await fetch(`${running.address}/public/report`, { method: 'POST', ...init });
    expect([answer.status, answer.headers.get('tutela-refused')]).toEqual([415, 'not-a-form']);
  }
});

test('more than ten reports of one network within an hour are put off', async () => {
  const from = (last: number) => ({ 'x-forwarded-for': `2001:db8:77:1::${last}` });
  const statuses: number[] = [];
  for (let report = 0; report < 11; report++) {
    statuses.push((await form('/public/report', { url: 'nothing' }, from(report + 1))).status);
  }
  expect(statuses).toEqual([...Array<number>(10).fill(422), 429]);
  expect((await form('/public/report', { url: 'nothing' }, { 'x-forwarded-for': '2001:db8:77:2::1' })).status).toBe(
    422,
  );
  clock.set('2026-03-01T13:00:01Z');
  expect((await form('/public/report', { url: 'nothing' }, from(1))).status).toBe(422);
});

test('a hotline’s report is one report however often it is sent', async () => {
  const { username, password } = await running.desk.issueCredentials({
    username: 'hotline',
    organisation: 'Hotline A',
  });
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const send = async (body: object, headers: Readonly<Record<string, string>> = { authorization }) => {
    const answer = await fetch(`${running.address}/partner/v1/url-reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return [answer.status, await answer.json()] as const;
  };
  const report = { reference: 'A-1', url: 'http://[2001:db8:8000::5]/x', seenAt: '2026-02-27T10:00:00Z' };
  const [first, ...others] = await Promise.all([send(report), send(report), send(report)]);
  expect(first?.[0]).toBe(200);
  for (const other of others) expect(other).toEqual(first);
  expect(await send({ ...report, note: 'more' })).toMatchObject([409, { code: 'reference-taken' }]);
  expect(await send({ reference: 'A-2', url: 'nowhere' })).toMatchObject([422, { code: 'url-unusable' }]);
  expect(await send(report, {})).toMatchObject([401, { code: 'credential-needed' }]);
  expect((await locationsOf()).at(-1)).toEqual({ countries: ['ES'], kind: 'page-host' });
  await vi.waitFor(async () => {
    await running.desk.triage();
    const waiting = await rowsOf(
      ground,
      sql<{ n: number }>`
        select count(*)::int as n from clearinghouse.report where state = 'finished' and not exists (
          select from clearinghouse.triage where triage.report_number = report.report_number)`,
    );
    expect(waiting[0]?.n).toBe(0);
  }, 10_000);
});
