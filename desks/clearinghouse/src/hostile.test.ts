import { request } from 'node:http';
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { responseCodes } from '@tutela/cybertip';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ground, openGround, type RunningDesk, settableClock, startDesk } from './open-desk.test-support.js';

const requests = process.env.TUTELA_LONG === '1' ? 10_000 : 300;
const clock = settableClock('2026-03-01T12:00:00Z');
let ground: Ground;
let running: RunningDesk;
let authorization: string;

beforeAll(async () => {
  ground = await openGround();
  running = await startDesk(ground, clock);
  const { password } = await running.desk.issueCredentials({ username: 'fuzz', organisation: 'Fuzz' });
  authorization = `Basic ${Buffer.from(`fuzz:${password}`).toString('base64')}`;
});
afterAll(async () => {
  await running.stop();
  await ground.close();
});

interface Sent {
  readonly path: string;
  readonly contentType: string | undefined;
  readonly body: Buffer;
}

const post = async ({ path, contentType, body }: Sent): Promise<{ readonly status: number; readonly text: string }> =>
  await new Promise((resolve, reject) => {
    const outgoing = request(`${running.address}/ispws/${path}`, {
      method: 'POST',
      headers: { authorization, ...(contentType === undefined ? {} : { 'content-type': contentType }) },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    outgoing.end(body);
  });

const codeOf = (text: string): number => Number(/<responseCode>(\d+)<\/responseCode>/.exec(text)?.[1] ?? Number.NaN);
const submit = async (): Promise<string> => {
  const { text } = await post({ path: 'submit', contentType: 'text/xml', body: Buffer.from(reportXml) });
  const number = /<reportId>(\d+)<\/reportId>/.exec(text)?.[1];
  if (number === undefined) throw new Error(text);
  return number;
};

const reportXml =
  '<?xml version="1.0" encoding="UTF-8"?><report><incidentSummary><incidentType>Child Sex Tourism</incidentType>' +
  '<incidentDateTime>2026-03-01T10:15:00Z</incidentDateTime></incidentSummary><reporter><reportingPerson>' +
  '<email>a@b.example</email></reportingPerson></reporter><personOrUserReported><screenName>x</screenName>' +
  '<ipCaptureEvent><ipAddress>192.0.2.1</ipAddress><port>1</port></ipCaptureEvent></personOrUserReported></report>';
const fileId = 'f'.repeat(32);
const detailsXml = (id: string): string =>
  `<fileDetails><reportId>${id}</reportId><fileId>${fileId}</fileId><fileViewedByEsp>true</fileViewedByEsp></fileDetails>`;
const form = (id: string): string =>
  `--b\r\nContent-Disposition: form-data; name="id"\r\n\r\n${id}\r\n--b\r\nContent-Disposition: form-data; ` +
  'name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\nharmless\r\n--b--\r\n';
const multipart = 'multipart/form-data; boundary=b';

const seeds = (id: string): readonly Sent[] => [
  { path: 'submit', contentType: 'text/xml; charset=utf-8', body: Buffer.from(reportXml) },
  { path: 'fileinfo', contentType: 'text/xml; charset=utf-8', body: Buffer.from(detailsXml(id)) },
  { path: 'upload', contentType: multipart, body: Buffer.from(form(id)) },
  { path: 'finish', contentType: multipart, body: Buffer.from(form(id)) },
  { path: 'retract', contentType: 'application/x-www-form-urlencoded', body: Buffer.from(`id=${id}`) },
];

/** Cuts, repeats and overwrites pieces of a body, or does so with whole elements, which stays well-formed. */
const mutation = fc.oneof(
  fc.record({
    kind: fc.constantFrom('drop-element', 'double-element', 'rename-element', 'refill-element'),
    from: fc.double({ min: 0, max: 0.999, noNaN: true }),
  }),
  fc.record({ kind: fc.constant('cut'), from: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat(60) }),
  fc.record({ kind: fc.constant('repeat'), from: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat(60) }),
  fc.record({
    kind: fc.constant('write'),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    bytes: fc.oneof(
      fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
      fc
        .constantFrom(
          '<',
          '>',
          '&',
          '&#0;',
          '<![CDATA[',
          ']]>',
          '<!DOCTYPE a [<!ENTITY b "c">]>',
          '\r\n--b',
          '--b--',
          '\0',
          '"',
          '</report>',
        )
        .map((text) => Buffer.from(text)),
    ),
  }),
);
type Mutation = { kind: string; from: number; length?: number; bytes?: Buffer };

const mutate = (body: Buffer, { kind, from, length = 0, bytes = Buffer.alloc(0) }: Mutation): Buffer => {
  if (kind.endsWith('-element')) return mutateElement(body, kind, from);
  const start = Math.floor(from * body.length);
  const [before, piece, after] = [
    body.subarray(0, start),
    body.subarray(start, start + length),
    body.subarray(start + length),
  ];
  if (kind === 'cut') return Buffer.concat([before, after]);
  if (kind === 'repeat') return Buffer.concat([before, piece, piece, after]);
  return Buffer.concat([before, bytes, body.subarray(start)]);
};

const mutateElement = (body: Buffer, kind: string, from: number): Buffer => {
  const text = body.toString('latin1');
  const elements = [...text.matchAll(/<(\w+)>[^<]*<\/\1>/g)];
  const [element, name = ''] = elements[Math.floor(from * elements.length)] ?? [];
  if (element === undefined) return body;
  const changed: Readonly<Record<string, string>> = {
    'drop-element': '',
    'double-element': element + element,
    'rename-element': element.replaceAll(name, 'other'),
    'refill-element': element.replace(/>[^<]*</, '>-1<'),
  };
  return Buffer.from(text.replace(element, changed[kind] ?? ''), 'latin1');
};

/** Parts of a report that must be there together. */
const halves = async (): Promise<readonly object[]> => {
  const { rows } = await sql<object>`
    select report_number, state from clearinghouse.report as r
     where (state in ('open', 'finished')) <> exists (select from clearinghouse.submission s where s.report_number = r.report_number)
        or (state = 'finished') <> exists (select from clearinghouse.location f where f.report_number = r.report_number)
        or (state in ('retracted', 'expired')) and exists (select from clearinghouse.file f where f.report_number = r.report_number)`.execute(
    ground.database.db,
  );
  return rows;
};

test(`${requests} mutated documents and forms each get a coded answer, and no half report is stored`, async () => {
  let id = await submit();
  const known = new Set<number>(Object.values(responseCodes));
  const tally = new Map<number, number>();
  const property = fc.asyncProperty(
    fc.nat(4),
    fc.array(mutation, { minLength: 1, maxLength: 3 }),
    fc.constantFrom(
      undefined,
      undefined,
      undefined,
      'text/xml',
      multipart,
      'multipart/form-data',
      'application/json',
      '',
    ),
    async (which, mutations, contentType) => {
      const seed = seeds(id)[which] as Sent;
      const body = (mutations as Mutation[]).reduce(mutate, seed.body);
      const { status, text } = await post({ ...seed, body, contentType: contentType ?? seed.contentType });
      const code = codeOf(text);
      tally.set(code, (tally.get(code) ?? 0) + 1);
      expect(known, `${status} ${text}`).toContain(code);
      expect(code, body.toString('latin1')).not.toBe(responseCodes['server-error']);
      if (code === 0 && seed.path !== 'submit' && seed.path !== 'upload') id = await submit();
    },
  );
  await fc.assert(property, { numRuns: requests, endOnFailure: true });
  expect(tally.size).toBeGreaterThan(3);
  expect(await halves()).toEqual([]);
  const { status } = await post({ path: 'submit', contentType: 'text/xml', body: Buffer.from(reportXml) });
  expect(status).toBe(200);
});

describe('an upload that breaks off', () => {
  test('adds no file, whether the connection ends or the form does', async () => {
    const id = await submit();
    const whole = form(id);
    const cut = whole.slice(0, whole.indexOf('harmless') + 4);
    expect(codeOf((await post({ path: 'upload', contentType: multipart, body: Buffer.from(cut) })).text)).toBe(4000);

    const { port } = new URL(running.address);
    const socket = createConnection({ host: '127.0.0.1', port: Number(port) });
    socket.on('error', () => undefined);
    socket.write(
      `POST /ispws/upload HTTP/1.1\r\nHost: a\r\nAuthorization: ${authorization}\r\nContent-Type: ${multipart}\r\n` +
        `Content-Length: ${whole.length}\r\n\r\n${cut}`,
    );
    await sleep(100);
    socket.destroy();
    await sleep(100);
    const { rows } = await sql`select from clearinghouse.file where report_number = ${id}::bigint`.execute(
      ground.database.db,
    );
    expect(rows).toEqual([]);
  });

  test.each([
    ['no file', (id: string) => form(id).replace('name="file"', 'name="other"'), 4200],
    ['no id', (id: string) => form(id).replace('name="id"', 'name="other"'), 4000],
    [
      'the file first',
      (id: string) => {
        const [, first, second] = form(id).split('--b');
        return `--b${second}--b${first}--b--\r\n`;
      },
      0,
    ],
    ['two files', (id: string) => form(id).replace('--b--', `--b${form(id).split('--b')[2]}--b--`), 4000],
  ])('or has %s is answered', async (_, change, code) => {
    const id = await submit();
    const { text } = await post({ path: 'upload', contentType: multipart, body: Buffer.from(change(id)) });
    expect(codeOf(text), text).toBe(code);
  });
});

describe('the address', () => {
  test('of nothing is answered with a code, to whoever may know', async () => {
    const { status, text } = await post({ path: 'nowhere', contentType: 'text/xml', body: Buffer.from('') });
    expect([status, codeOf(text)]).toEqual([404, responseCodes['resource-not-found']]);
    const { status: unknown } = await fetch(`${running.address}/ispws/nowhere`);
    expect(unknown).toBe(401);
  });

  test('in mode strict-xsd takes what only the rules refuse, and not what only the documentation has', async () => {
    const strict = await startDesk(ground, clock, { mode: 'strict-xsd' });
    const submitTo = async (xml: string): Promise<number> => {
      const headers = { authorization, 'content-type': 'text/xml' };
      return codeOf(
        await (await fetch(`${strict.address}/ispws/submit`, { method: 'POST', headers, body: xml })).text(),
      );
    };
    const account = '<associatedAccount accountType="Linked"/></personOrUserReported>';
    expect(await submitTo(reportXml.replace('<email>a@b.example</email>', ''))).toBe(0);
    expect(await submitTo(reportXml.replace('</personOrUserReported>', account))).toBe(4100);
    await strict.stop();
  });

  test('answers every request with a Request-ID', async () => {
    const response = await fetch(`${running.address}/ispws/status`, { headers: { authorization } });
    expect(response.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get('content-type')).toContain('application/xml');
  });
});
