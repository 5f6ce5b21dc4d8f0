import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ground, importedOf, openGround } from './open-desk.test-support.js';
import { bytesOf, documentOf, fileOf, pictures } from './report.test-support.js';
import { type WrittenEntry, writeZip } from './zip/write-zip.test-support.js';

const [beach] = pictures;
let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground.close());

let number = 1000;
/** A report with one good file, and the entry in question before it. */
const zipWith = (...entries: readonly WrittenEntry[]): Buffer => {
  const document = documentOf(++number, [fileOf('good.png', beach)]);
  return writeZip([...entries, { name: 'report.json', bytes: bytesOf(document) }, { name: 'good.png', bytes: beach }]);
};

describe('a bad entry is recorded by its name, and the rest goes on', () => {
  const zeros = Buffer.alloc(40 * 1024 * 1024);
  test.each<[string, WrittenEntry]>([
    ['unsafe-name', { name: '../../etc/cron.d/x', bytes: beach }],
    ['unsafe-name', { name: '/etc/passwd', bytes: beach }],
    ['unsafe-name', { name: 'a\\..\\..\\x', bytes: beach }],
    ['unsafe-name', { name: 'C:\\windows\\x', bytes: beach }],
    ['unsafe-name', { name: 'good.png:stream', bytes: beach }],
    ['unsafe-name', { name: 'a\0b', bytes: beach }],
    ['unsafe-name', { name: '', bytes: beach }],
    ['link', { name: 'link', bytes: bytesOf('/etc/passwd'), mode: 0o12_0777 }],
    ['link', { name: 'device', bytes: bytesOf(''), mode: 0o06_0600 }],
    ['encrypted', { name: 'secret', bytes: beach, flags: 1 }],
    ['unsupported-compression', { name: 'odd', bytes: beach, method: 14 }],
    ['damaged', { name: 'sum', bytes: beach, claims: { crc32: 1 } }],
    ['damaged', { name: 'short', bytes: beach, claims: { size: 2 } }],
    ['damaged', { name: 'long', bytes: beach, deflated: 'deflated', claims: { size: 2 } }],
    ['damaged', { name: 'lacking', bytes: beach, deflated: 'deflated', claims: { size: 2000 } }],
    ['damaged', { name: 'no stream', bytes: beach, method: 8 }],
    ['ratio', { name: 'bomb', bytes: zeros, deflated: 'deflated' }],
    ['too-large', { name: 'huge', bytes: beach, deflated: 'deflated', claims: { size: 0xff_ff_ff_fe } }],
  ])('%s', async (end, entry) => {
    const desk = ground.deskWith({ entryBytes: 1024 ** 3 });
    const { status, report, entries } = importedOf(await ground.importBytes(zipWith(entry), 'bad.zip', desk));
    expect(status).toBe('imported');
    expect(report.files[0]?.comparison).toBe('verified');
    expect(entries[0]).toEqual({ name: entry.name.replaceAll('\\', '/').replaceAll('\0', '\ufffd'), end });
    expect(report.deliveries[0]?.entries).toEqual(entries);
  });
});

describe('limits on the whole', () => {
  const fillers = (count: number, size: number): readonly WrittenEntry[] =>
    Array.from({ length: count }, (_, at) => ({ name: `${at}`, bytes: Buffer.alloc(size, at) }));

  test('entries beyond the limit are not listed, and the listing says so', async () => {
    const zip = writeZip([{ name: 'r.json', bytes: bytesOf(documentOf(++number)) }, ...fillers(20, 1)]);
    const desk = ground.deskWith({ entries: 10 });
    const { entries, listing } = importedOf(await ground.importBytes(zip, 'many.zip', desk));
    expect([entries.length, listing]).toEqual([10, 'cut']);
  });

  test('bytes beyond the limit are not read, and the entries that hold them are named', async () => {
    const desk = ground.deskWith({ totalBytes: 4500 });
    const zip = writeZip([{ name: 'r.json', bytes: bytesOf(documentOf(++number)) }, ...fillers(6, 1000)]);
    const { entries } = importedOf(await ground.importBytes(zip, 'much.zip', desk));
    expect(entries.map(({ end }) => end)).toEqual([
      'report',
      ...Array(3).fill('not-named'),
      ...Array(3).fill('not-reached'),
    ]);
  });

  test('many small bombs are one bomb', async () => {
    const desk = ground.deskWith({ ratioFrom: 100_000, ratio: 10 });
    const zeros = ['a', 'b', 'c'].map((name) => ({ name, bytes: Buffer.alloc(60_000), deflated: 'deflated' }) as const);
    const { entries, report } = importedOf(await ground.importBytes(zipWith(...zeros), 'small.zip', desk));
    expect(entries.map(({ end }) => end)).toEqual(['not-named', 'not-reached', 'not-reached', 'report', 'kept']);
    expect(report.files[0]?.comparison).toBe('verified');
  });
});

test('a ZIP with any byte changed or cut off is imported or refused by name, never half', async () => {
  const zip = zipWith({ name: 'x', bytes: beach, deflated: 'deflated' });
  const damage = fc.record({
    at: fc.nat(zip.length - 1),
    value: fc.integer({ min: 0, max: 255 }),
    end: fc.option(fc.nat(zip.length), { freq: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ at, value, end }) => {
      const changed = Buffer.from(zip);
      changed[at] = value;
      const outcome = await ground.importBytes(changed.subarray(0, end ?? zip.length), 'fuzz.zip');
      if (outcome.kind !== 'done') expect(outcome.reason.code).toMatch(/^[a-z0-9-]+$/);
      else expect(outcome.value.report.summary.reportNumber).toMatch(/^\S+$/);
    }),
    { numRuns: process.env.TUTELA_LONG === '1' ? 5000 : 150 },
  );
});
