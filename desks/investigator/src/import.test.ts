import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ground, importedOf, openGround } from './open-desk.test-support.js';
import { bytesOf, documentOf, fileOf, md5Of, pictures, sha256Of } from './report.test-support.js';
import { writeZip } from './zip/write-zip.test-support.js';

const [beach, mountain, cat] = pictures;
let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground.close());

const counts = async (): Promise<object> => {
  const { rows } = await sql<object>`
    select (select count(*)::int from investigator.report) as reports,
           (select count(*)::int from investigator.delivery) as deliveries,
           (select count(*)::int from investigator.object) as objects,
           (select count(*)::int from ledger.event) as events`.execute(ground.database.db);
  return rows[0] ?? {};
};

describe('a document', () => {
  test('is kept byte for byte, and what it says of people, addresses and times in rows', async () => {
    const document = `\ufeff${documentOf(1, [fileOf('a.png', beach, { uploadedToEsp: '2026-02-27T08:00:00Z' })])}`;
    const { status, report } = importedOf(await ground.importBytes(document));
    expect(status).toBe('imported');
    expect(report.summary).toMatchObject({
      reportNumber: '1',
      esp: 'Platform Ltd',
      incidentAt: '2026-03-01T10:15:00.000Z',
      receivedAt: '2026-03-01T12:00:00.000Z',
      documentSha256: sha256Of(bytesOf(document)),
    });
    expect(report.persons).toMatchObject([
      {
        role: 'reported',
        captures: [{ value: '192.0.2.7', port: 51_344, at: '2026-03-01T09:00:00.000Z', event: 'LOGIN' }],
      },
      { role: 'intended-recipient' },
    ]);
    expect(report.files).toMatchObject([
      { uploadedAt: '2026-02-27T08:00:00.000Z', comparison: 'not-delivered', objects: [] },
    ]);
    const { rows } = await sql<{ document: Buffer }>`
      select document from investigator.report where report_number = '1'`.execute(ground.database.db);
    expect(rows[0]?.document.equals(bytesOf(document))).toBe(true);
  });

  test('that comes again is recognised, whatever it is called, and changes nothing', async () => {
    const document = documentOf(2);
    const first = importedOf(await ground.importBytes(document));
    const before = await counts();
    const again = importedOf(await ground.importBytes(document, 'renamed.json'));
    const wrapped = writeZip([{ name: 'r/2.json', bytes: bytesOf(document) }]);
    const zipped = importedOf(await ground.importBytes(wrapped, '2.zip'));
    expect([again.status, zipped.status]).toEqual(['already-there', 'already-there']);
    expect(again.report).toEqual(first.report);
    expect(await counts()).toEqual(before);
  });

  test('imported twice at the same time is imported once', async () => {
    const file = writeZip([
      { name: '3.json', bytes: bytesOf(documentOf(3, [fileOf('a.png', beach)])) },
      { name: 'a.png', bytes: beach },
    ]);
    const outcomes = await Promise.all([1, 2, 3].map((at) => ground.importBytes(file, `3-${at}.zip`)));
    expect(outcomes.map((outcome) => importedOf(outcome).status).sort()).toEqual([
      'already-there',
      'already-there',
      'imported',
    ]);
  });

  test.each([
    ['unreadable-file', undefined],
    ['not-json', '{'],
    ['not-a-report', '{}'],
    ['not-utf8', Buffer.from([0xff, 0xfe])],
    ['not-a-zip', Buffer.from('PK\u0003\u0004 and no more')],
    ['no-report', writeZip([{ name: 'notes.json', bytes: bytesOf('{}') }])],
    ['no-report', writeZip([])],
    [
      'several-reports',
      writeZip([100, 101].map((number) => ({ name: `${number}.json`, bytes: bytesOf(documentOf(number)) }))),
    ],
  ])('that cannot be imported is refused as %s and leaves nothing', async (code, bytes) => {
    const before = await counts();
    const outcome =
      bytes === undefined
        ? await ground.desk.importReport({ path: '/nonexistent/of/nobody', actor: 'a' })
        : await ground.importBytes(bytes, 'broken');
    expect(outcome).toMatchObject({ reason: { code } });
    expect(await counts()).toEqual(before);
  });

  test('with moments and characters that a database cannot hold is imported with what it can', async () => {
    const document = documentOf(4, [fileOf('\u0000\ud800.png', undefined, { uploadedToEsp: '0000-01-01T00:00:00Z' })], {
      incidentDetails: { 'a\u0000': [{ contents: [{ value: 'x\u0000' }] }] },
    });
    const { report } = importedOf(await ground.importBytes(document));
    expect(report.files).toMatchObject([
      { name: '\ufffd\ufffd.png', uploadedAt: null, content: { uploaded: { stated: '0000-01-01T00:00:00Z' } } },
    ]);
  });
});

describe('a ZIP', () => {
  test('brings the files of its report, each compared with the stated hash', async () => {
    const files = [
      fileOf('1.png', beach, { viewedByEsp: true }),
      fileOf('2.png', mountain, { viewedByEsp: false }),
      fileOf('3.png', undefined),
      fileOf('4.png', bytesOf('never sent')),
      { filename: '5.png', verificationHash: md5Of(beach).toUpperCase() },
    ];
    const zip = writeZip([
      { name: 'tip/', bytes: bytesOf('') },
      { name: 'tip/5.json', bytes: bytesOf(documentOf(5, files)), deflated: 'deflated' },
      { name: 'tip/files/1.png', bytes: beach, deflated: 'deflated' },
      { name: 'tip/files/2.png', bytes: cat },
      { name: 'tip/files/3.png', bytes: cat },
      { name: 'tip/report.pdf', bytes: bytesOf('%PDF') },
    ]);
    const { report, entries } = importedOf(await ground.importBytes(zip, '5.zip'));
    expect(report.files.map(({ name, comparison, locked }) => [name, comparison, locked])).toEqual([
      ['1.png', 'verified', null],
      ['2.png', 'differs', 'not-viewed-by-provider'],
      ['3.png', 'not-stated', 'viewing-not-stated'],
      ['4.png', 'not-delivered', 'viewing-not-stated'],
      ['5.png', 'verified', 'viewing-not-stated'],
    ]);
    expect(entries.map(({ name, end }) => [name, end])).toEqual([
      ['tip/5.json', 'report'],
      ['tip/files/1.png', 'kept'],
      ['tip/files/2.png', 'kept'],
      ['tip/files/3.png', 'kept'],
      ['tip/report.pdf', 'not-named'],
    ]);
    expect(await ground.vault.has(sha256Of(cat) as never)).toBe('present');
    expect(await ground.vault.has(sha256Of(bytesOf('%PDF')) as never)).toBe('absent');
  });

  test('that comes after its document completes the report, once', async () => {
    const document = documentOf(6, [fileOf('a.png', beach), fileOf('b.png', mountain)]);
    const report = { name: '6.json', bytes: bytesOf(document) };
    importedOf(await ground.importBytes(document));
    const damaged = writeZip([report, { name: 'a.png', bytes: cat }]);
    const sound = writeZip([report, { name: 'a.png', bytes: beach }]);
    const statuses = [];
    for (const zip of [damaged, sound, sound]) statuses.push(importedOf(await ground.importBytes(zip, '6.zip')));
    expect(statuses.map(({ status }) => status)).toEqual(['completed', 'completed', 'already-there']);
    const [file] = statuses[2]?.report.files ?? [];
    expect(file?.comparison).toBe('verified');
    expect(file?.objects.map(({ comparison }) => comparison).sort()).toEqual(['differs', 'verified']);
  });

  test('that numbers its files has them found by what follows the number', async () => {
    const zip = writeZip([
      { name: '8.json', bytes: bytesOf(documentOf(8, [fileOf('a.png', beach), fileOf('a.png', undefined)])) },
      { name: 'files/0001-a.png', bytes: mountain },
      { name: 'files/0002-a.png', bytes: cat },
    ]);
    const { report } = importedOf(await ground.importBytes(zip, '8.zip'));
    expect(report.files.map(({ comparison, objects }) => [comparison, objects[0]?.entryName])).toEqual([
      ['differs', 'files/0001-a.png'],
      ['not-stated', 'files/0002-a.png'],
    ]);
  });

  test('with the same name or bytes several times gives each file its own', async () => {
    const files = [fileOf('same.png', beach), fileOf('same.png', mountain), fileOf('other.png', mountain)];
    const zip = writeZip([
      { name: 'b/same.png', bytes: mountain },
      { name: 'a/same.png', bytes: beach },
      { name: '7.json', bytes: bytesOf(documentOf(7, files)) },
    ]);
    const { report } = importedOf(await ground.importBytes(zip, '7.zip'));
    expect(report.files.map(({ comparison }) => comparison)).toEqual(['verified', 'verified', 'verified']);
  });
});
