import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, expectTypeOf, test } from 'vitest';
import type { Report } from '../schema/documents.js';
import type { FileId, ReportNumber } from '../schema/values.js';
import { ncmecBaseUrls } from './base-url.js';
import { type CybertipClient, createCybertipClient } from './client.js';
import { uploadIntact } from './upload-intact.js';

const md5Of = (bytes: Uint8Array | string): string => createHash('md5').update(bytes).digest('hex');
const reportId = '1001' as ReportNumber;
const fileId = '0123456789abcdef0123456789abcdef' as FileId;
const report: Report = {
  incidentSummary: { incidentType: 'Child Sex Tourism', incidentDateTime: '2026-03-01T10:15:00Z' },
  reporter: { reportingPerson: { email: [{ value: 'safety@platform.example' }] } },
};

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

const clientOf = async (listener: Listener): Promise<CybertipClient<'test'>> => {
  const started = createServer((request, response) => {
    // A request that the client breaks off rejects over here; what the client makes of it is the test.
    (async () => await listener(request, response))().catch(() => response.destroy());
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const { port } = started.address() as AddressInfo;
  return createCybertipClient({
    baseUrl: `http://127.0.0.1:${port}/ispws/`,
    environment: 'test',
    username: 'u',
    password: 'p:w',
    timeoutMs: 300,
  });
};

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
};
const answering =
  (status: number, body: string, headers: Record<string, string> = {}): Listener =>
  (request, response) => {
    request.resume().on('end', () => {
      response.writeHead(status, { 'content-type': 'application/xml', 'Request-ID': 'r-1', ...headers }).end(body);
    });
  };
const coded = (code: number, more = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?><reportResponse><responseCode>${code}</responseCode>` +
  `<responseDescription>said</responseDescription>${more}</reportResponse>`;

describe('an answer is judged by the code in its body', () => {
  test('success with status 200', async () => {
    const client = await clientOf(answering(200, coded(0, '<reportId>1001</reportId>')));
    expect(await client.submit(report)).toEqual({ kind: 'done', value: '1001', httpStatus: 200, requestId: 'r-1' });
  });

  test.each([
    [200, 4100, 'validation-failed'],
    [400, 4100, 'validation-failed'],
    [500, 5102, 'report-finished'],
    [200, 5101, 'report-retracted'],
    [404, 5001, 'report-unknown'],
    [200, 1001, 'unlisted'],
  ])('HTTP %i with code %i is refused as %s', async (status, code, name) => {
    const client = await clientOf(answering(status, coded(code)));
    expect(await client.retract(reportId)).toMatchObject({
      kind: 'refused',
      reason: { code: name, message: 'said' },
      responseCode: code,
      httpStatus: status,
    });
  });

  test('an empty 401 is a wrong password', async () => {
    const client = await clientOf(answering(401, ''));
    expect(await client.status()).toMatchObject({ kind: 'refused', reason: { code: 'authentication-required' } });
  });

  test('a 401 explained with code 1000 is a wrong password too', async () => {
    const client = await clientOf(answering(401, coded(1000)));
    expect(await client.status()).toMatchObject({ kind: 'refused', reason: { code: 'authentication-required' } });
  });

  test('elements it does not know, another order and another encoding are no obstacle', async () => {
    const body =
      '<?xml version="1.0" encoding="ISO-8859-1" standalone="yes"?><reportDoneResponse><new>\u00e9</new>' +
      `<files><fileId>${fileId}</fileId></files><reportId>1001</reportId><responseCode>0</responseCode></reportDoneResponse>`;
    const client = await clientOf((request, response) => {
      request.resume().on('end', () => {
        response
          .writeHead(200, { 'content-type': 'application/xml;charset=ISO-8859-1' })
          .end(Buffer.from(body, 'latin1'));
      });
    });
    expect(await client.finish(reportId)).toMatchObject({ kind: 'done', value: [fileId] });
  });

  test.each([
    ['a page of a proxy', 502, '<html>Bad gateway</html>'],
    ['nothing', 200, ''],
    ['success without a report number', 200, coded(0)],
    ['a document type', 200, `<!DOCTYPE a>${coded(0, '<reportId>1</reportId>')}`],
  ])('%s decides nothing: the effect is unknown', async (_, status, body) => {
    const client = await clientOf(answering(status, body));
    expect(await client.submit(report)).toMatchObject({
      kind: 'failed',
      reason: { code: 'unreadable-answer' },
      effect: 'unknown',
    });
  });
});

describe('a lost answer', () => {
  test.each([
    [
      'cut after the request was read',
      (_: IncomingMessage, response: ServerResponse) => response.destroy(),
      'connection-lost',
    ],
    ['that never comes', () => undefined, 'timeout'],
    [
      'that drips',
      (_: IncomingMessage, response: ServerResponse) => {
        const dripping = setInterval(() => response.write(' '), 50);
        response.on('close', () => clearInterval(dripping));
      },
      'timeout',
    ],
    [
      'cut in the middle',
      (_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('<report', () => response.destroy());
      },
      'connection-lost',
    ],
  ] as const)('%s may have been carried out', async (_, listener, code) => {
    const client = await clientOf(async (request, response) => {
      await bodyOf(request);
      listener(request, response);
    });
    expect(await client.finish(reportId)).toMatchObject({ kind: 'failed', reason: { code }, effect: 'unknown' });
  });

  test('of a server that is not there has had no effect', async () => {
    const client = await clientOf(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    expect(await client.submit(report)).toMatchObject({
      kind: 'failed',
      reason: { code: 'unreachable' },
      effect: 'none',
    });
  });

  test('of a server whose identity cannot be checked has had no effect', async () => {
    await clientOf(() => undefined);
    const { port } = (server as Server).address() as AddressInfo;
    const credentials = { username: 'u', password: 'p' };
    const baseUrl = `https://127.0.0.1:${port}/ispws`;
    const client = createCybertipClient({ baseUrl, environment: 'test', ...credentials });
    expect(await client.submit(report)).toMatchObject({
      kind: 'failed',
      reason: { code: 'unreachable' },
      effect: 'none',
    });
  });

  test('is not asked for again inside a call', async () => {
    let requests = 0;
    const client = await clientOf((_, response) => {
      requests += 1;
      response.destroy();
    });
    await client.finish(reportId);
    expect(requests).toBe(1);
  });
});

describe('an upload', () => {
  const echoing =
    (seen: Buffer[] = [], change = (bytes: Buffer): Buffer => bytes): Listener =>
    async (request, response) => {
      const body = await bodyOf(request);
      seen.push(body);
      const start = body.indexOf('\r\n\r\n', body.indexOf('filename=')) + 4;
      const file = change(body.subarray(start, body.lastIndexOf('\r\n--')));
      const more = `<reportId>1001</reportId><fileId>${fileId}</fileId><hash>${md5Of(file).toUpperCase()}</hash>`;
      response.writeHead(200, { 'content-type': 'application/xml' }).end(coded(0, more));
    };
  const bytes = Buffer.from('harmless\r\n--bytes');

  test('from memory, from a path and from a stream compares the MD5 that comes back', async () => {
    const seen: Buffer[] = [];
    const client = await clientOf(echoing(seen));
    const folder = await mkdtemp(path.join(tmpdir(), 'cybertip-'));
    const file = path.join(folder, 'a file');
    await writeFile(file, bytes);
    const stream = async function* (): AsyncGenerator<Uint8Array> {
      yield bytes.subarray(0, 3);
      yield bytes.subarray(3);
    };
    for (const source of [{ bytes }, { path: file }, { stream: stream() }, { stream: stream(), size: bytes.length }]) {
      const answer = await client.upload({
        reportId,
        file: { name: 'a "b"\n.png', ...source },
        md5: md5Of(bytes).toUpperCase(),
      });
      expect(answer).toMatchObject({ kind: 'done', value: { fileId, md5: md5Of(bytes) } });
    }
    expect(seen.map(String)).toEqual(seen.map(() => expect.stringContaining('filename="a \\"b\\" .png"')));
    await rm(folder, { recursive: true });
  });

  test('that arrives as other bytes says so, and can be repeated under the same report until it is intact', async () => {
    let times = 0;
    const spoil = (file: Buffer): Buffer => (++times < 3 ? Buffer.from('spoiled') : file);
    const client = await clientOf(echoing([], spoil));
    const upload = { reportId, file: { name: 'a', bytes }, md5: md5Of(bytes) };
    expect(await client.upload(upload)).toMatchObject({
      kind: 'failed',
      reason: { code: 'md5-mismatch' },
      fileId,
      sentMd5: md5Of(bytes),
      receivedMd5: md5Of('spoiled'),
    });
    expect(await uploadIntact(client, upload)).toMatchObject({ kind: 'done' });
    expect(times).toBe(3);
  });

  test('of a file that changed since it was fingerprinted is not passed off as the fingerprinted one', async () => {
    const client = await clientOf(echoing());
    expect(await client.upload({ reportId, file: { name: 'a', bytes }, md5: md5Of('before') })).toMatchObject({
      kind: 'failed',
      reason: { code: 'file-changed' },
    });
  });

  test('of a file that cannot be read to its end has had no effect', async () => {
    const client = await clientOf(echoing());
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield bytes;
      throw new Error('the disk is gone');
    };
    expect(await client.upload({ reportId, file: { name: 'a', stream: broken() }, md5: md5Of(bytes) })).toMatchObject({
      kind: 'failed',
      reason: { code: 'source-failed', message: 'the disk is gone' },
      effect: 'none',
    });
    for (const size of [bytes.length - 1, bytes.length + 1]) {
      const stream = (async function* () {
        yield bytes;
      })();
      expect(await client.upload({ reportId, file: { name: 'a', stream, size }, md5: md5Of(bytes) })).toMatchObject({
        kind: 'failed',
        reason: { code: 'source-failed', message: 'the file is not as long as announced' },
        effect: 'none',
      });
    }
    expect(await client.upload({ reportId, file: { name: 'a', path: '/nowhere/at all' }, md5: '' })).toMatchObject({
      kind: 'failed',
      reason: { code: 'source-failed' },
      effect: 'none',
    });
  });
});

test('a report that would be refused is not sent', async () => {
  let requests = 0;
  const client = await clientOf(() => {
    requests += 1;
  });
  const unfit = { ...report, reporter: { reportingPerson: { firstName: 'a\u0000b' } } };
  expect(await client.submit(unfit)).toMatchObject({
    kind: 'refused',
    reason: { code: 'unfit' },
    findings: { schema: [{ path: '/report/reporter/reportingPerson/firstName', rule: 'xml-char' }] },
  });
  expect(requests).toBe(0);
});

test('credentials go into the header and nowhere else', async () => {
  let header: string | undefined;
  const client = await clientOf((request, response) => {
    header = request.headers.authorization;
    response.destroy();
  });
  const answer = await client.status();
  expect(header).toBe(`Basic ${Buffer.from('u:p:w').toString('base64')}`);
  expect(JSON.stringify([answer, client])).not.toMatch(/p:w|dTpw/);
});

test('test and production are different types, and addresses that would leak credentials are refused', () => {
  const make = (baseUrl: string) =>
    createCybertipClient({ baseUrl, environment: 'production', username: 'u', password: 'p' });
  expect(make(ncmecBaseUrls.production).environment).toBe('production');
  expectTypeOf(make).returns.not.toExtend<CybertipClient<'test'>>();
  expect(() => make('http://report.example/ispws')).toThrow('not loopback');
  expect(() => make('https://u:p@report.example/ispws')).toThrow('credentials');
  expect(() => make('ftp://report.example')).toThrow('http(s)');
});
