import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RecordFormat, readRecords } from './formats.js';
import { textLines } from './lines.js';
import type { ReadRow } from './service-row.js';

const collect = async <T>(from: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const each of from) all.push(each);
  return all;
};
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const read = (text: string, format: RecordFormat): Promise<ReadRow[]> =>
  collect(readRecords(inPieces(Buffer.from(text), 7), format));

test('an access in the combined format is read with its port, and without where none was written', async () => {
  const line = '192.0.2.7 - ann [06/May/2013:07:08:09 +0200] "GET /a HTTP/1.1" 200 12 "-" "agent"';
  const [with_, without] = await read(`${line} 4711\n${line}\n`, { kind: 'access-log' });
  expect(with_).toEqual({
    kind: 'row',
    line: 1,
    row: {
      kind: 'access',
      account: 'ann',
      address: '192.0.2.7',
      port: 4711,
      at: '2013-05-06T05:08:09.000Z',
      request: 'GET /a HTTP/1.1',
      status: 200,
    },
  });
  expect(without).toMatchObject({ line: 2, row: { port: null } });
});

test.each([
  ['cut off', '192.0.2.7 - ann [06/May/2013:07:08'],
  ['no address', 'host.example - ann [06/May/2013:07:08:09 +0000] "GET /a HTTP/1.1" 200 12 "-" "agent"'],
  ['no month', '192.0.2.7 - ann [06/Mai/2013:07:08:09 +0000] "GET /a HTTP/1.1" 200 12 "-" "agent"'],
  ['no day of that month', '192.0.2.7 - ann [31/Feb/2013:07:08:09 +0000] "GET /a HTTP/1.1" 200 12 "-" "agent"'],
  ['a port beyond 65535', '192.0.2.7 - ann [06/May/2013:07:08:09 +0000] "GET /a HTTP/1.1" 200 12 "-" "agent" 70000'],
  ['longer than anybody writes', `192.0.2.7 - ann ${'x'.repeat(100_000)}`],
])('a line of a log is bad by itself: %s', async (_, line) => {
  const rows = await read(`${line}\n`, { kind: 'access-log' });
  expect(rows).toMatchObject([{ kind: 'bad', line: 1 }]);
});

test('a table reads its columns by name in any order, and says which row is bad and why', async () => {
  const text = [
    'plan,account,email,registered_at,registered_from,more',
    'free,ann,ann@mail.example,2013-05-06T07:08:09Z,192.0.2.7,x',
    'free,ben,,,,x',
    'free,cleo,,yesterday,,x',
    'free,dora',
    '"free,eve',
  ].join('\n');
  const rows = await read(text, { kind: 'accounts-csv' });
  expect(rows.map((row) => (row.kind === 'row' ? 'row' : `${row.line}: ${row.reason}`))).toEqual([
    'row',
    'row',
    '4: registered_at: no moment with a zone',
    '5: 2 columns where 6 belong',
    '6: no record',
  ]);
  expect(rows[1]).toMatchObject({ row: { account: 'ben', email: null, registeredAt: null } });
});

test('a table without a column that is needed is bad as a whole', async () => {
  expect(await read('account,email\nann,a@b.example\n', { kind: 'payments-csv' })).toMatchObject([
    { kind: 'bad', line: 1, reason: expect.stringContaining('amount') },
  ]);
});

test('an answer of the abuse desk is about the account of the notice that it answers', async () => {
  const text = [
    'From hotline@hotline.example Mon May  6 07:08:09 2013',
    'From: hotline@hotline.example',
    'Date: Mon, 06 May 2013 07:08:09 +0000',
    'Message-ID: <1@hotline.example>',
    'Subject: Notice',
    '',
    'See https://locker.example/files/ann/x',
    'From abuse@locker.example Tue May  7 07:08:09 2013',
    'From: Abuse <abuse@locker.example>',
    'Date: Tue, 07 May 2013 09:08:09 +0200',
    'In-Reply-To: <1@hotline.example>',
    'Subject: Re: Notice',
    '',
    'Thank you.',
    'From nobody Tue May  7 07:08:09 2013',
    'Subject: no date',
    '',
  ].join('\n');
  const account = /\/files\/([^/\s]+)\//;
  const rows = await read(text, { kind: 'abuse-mbox', desk: 'abuse@locker.example', account });
  expect(rows).toMatchObject([
    { line: 1, row: { event: 'notice-received', account: 'ann', reference: '<1@hotline.example>' } },
    { line: 8, row: { event: 'notice-answered', account: 'ann', at: '2013-05-07T07:08:09.000Z' } },
    { kind: 'bad', line: 15 },
  ]);
});

test('lines are the same however the bytes come in pieces', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, ''))),
      fc.integer({ min: 1, max: 9 }),
      async (texts, size) => {
        const lines = await collect(textLines(inPieces(Buffer.from(texts.map((text) => `${text}\n`).join('')), size)));
        const expected = Buffer.from(texts.join('\n'))
          .toString('utf8')
          .replace(/^\uFEFF/, '')
          .split('\n');
        expect(lines.map(({ text }) => text)).toEqual(texts.length === 0 ? [] : expected);
      },
    ),
  );
});
