import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parserName } from './line-reader.js';
import { logFormats } from './log-formats.js';
import { inUtc, lineOf, readAll, samples } from './samples.test-support.js';

interface Expected {
  readonly records: readonly string[];
  readonly facts: readonly string[];
  readonly tally: { readonly lines: number; readonly recorded: number; readonly rejected: number };
}
const expected = JSON.parse(
  readFileSync(new URL('../../vectors/samples/expected.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Expected>>;
const all = await samples();

test('there is a sample of every format', () => {
  expect(all.map(({ format }) => format.name).sort()).toEqual(Object.keys(expected).sort());
  expect([...logFormats.keys()].filter((name) => !(name in expected))).toEqual([]);
});

describe.each(all.map(({ format, bytes }) => ({ name: format.name, format, bytes })))('$name', ({ format, bytes }) => {
  test('the sample becomes the records on file', async () => {
    const log = await readAll(format, bytes);
    expect(log.refusal).toBeUndefined();
    expect(log.records.map(lineOf)).toEqual(expected[format.name]!.records);
    expect(log.facts.filter((fact) => fact.kind !== 'hourly-count').map((fact) => fact.kind)).toEqual(
      expected[format.name]!.facts,
    );
    expect(log.tally).toMatchObject(expected[format.name]!.tally);
    expect(new Set(log.records.map((record) => record.parser))).toEqual(new Set([parserName(format)]));
  });

  test('each record says where in the input it stands', async () => {
    const log = await readAll(format, bytes);
    const text = bytes.toString('latin1');
    for (const { raw } of log.records) {
      const place = text.slice(raw.offset, raw.offset + raw.length);
      expect(place.endsWith('\n')).toBe(true);
      expect(text.slice(0, raw.offset).split('\n').length).toBe(raw.line);
    }
  });

  test('is the same however the bytes arrive', async () => {
    const whole = await readAll(format, bytes);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: bytes.length }), async (size) => {
        const log = await readAll(format, bytes, { size });
        expect(log.records).toEqual(whole.records);
        expect(log.tally).toEqual(whole.tally);
      }),
      { numRuns: 12 },
    );
  });

  test('a last line without its end is rejected as truncated, since half a port is another port', async () => {
    const log = await readAll(format, bytes.subarray(0, bytes.length - 2));
    expect(log.rejects.at(-1)?.fault).toBe('TRUNCATED');
    expect(log.facts.some((fact) => fact.kind === 'unreadable-lines')).toBe(true);
  });
});

test('read in two halves, a log gives what it gives in one', async () => {
  for (const { format, bytes } of all) {
    const whole = await readAll(format, bytes);
    for (const size of [64, 200, 500]) {
      const first = await readAll(format, bytes, { size });
      const at = first.resume[Math.floor(first.resume.length / 2)]!;
      const resume = JSON.parse(JSON.stringify(at)) as typeof at;
      const rest = await readAll(format, bytes.subarray(at.offset), { resume });
      const before = whole.records.filter((record) => record.raw.offset < at.offset);
      expect([...before, ...rest.records]).toEqual(whole.records);
      expect(rest.tally).toEqual(whole.tally);
    }
  }
});

test('another parser cannot go on where one stopped', async () => {
  const [one, two] = all;
  const { resume } = await readAll(one!.format, one!.bytes);
  await expect(readAll(two!.format, two!.bytes, { resume: resume[0]! })).rejects.toMatchObject({
    code: 'bad-declaration',
  });
});

test('a line of a gigabyte would be skipped, counted and kept only by its beginning', async () => {
  const { format, bytes } = all.find((each) => each.format.name === 'junos-spc3')!;
  const long = Buffer.concat([bytes, Buffer.alloc(300_000, 97), Buffer.from('\n'), bytes]);
  const log = await readAll(format, long, { size: 10_000 });
  expect(log.records.length).toBe(6);
  expect(log.rejects.map(({ fault, lines, bytes: kept, place }) => [fault, lines, kept.length, place.length])).toEqual([
    ['LINE_TOO_LONG', 1, 8192, 300_001],
  ]);
});

test('stamps without year or zone are rejected unless the operator declares them', async () => {
  const { format, bytes } = all.find((each) => each.format.name === 'routeros')!;
  const faultsOf = async (declaration: typeof inUtc): Promise<readonly string[]> =>
    (await readAll(format, bytes, { declaration })).rejects.map((reject) => reject.fault);
  expect(await faultsOf({ ...inUtc, year: { kind: 'none' } })).toEqual(['TIME_YEAR_MISSING', 'TIME_YEAR_MISSING']);
  expect(await faultsOf({ ...inUtc, zone: undefined })).toEqual(['TIME_NO_ZONE', 'TIME_NO_ZONE']);
  expect(await faultsOf({ ...inUtc, hours: 12 })).toEqual(['TIME_TWELVE_HOUR', 'TIME_TWELVE_HOUR']);
});

test('around New Year a stamp without year belongs to the year in which the file was closed, or the one before', async () => {
  const { format, bytes } = all.find((each) => each.format.name === 'routeros')!;
  const turned = Buffer.from(
    bytes.toString().replace('Mar  2 18:04:05', 'Dec 31 23:59:58').replace('Mar  2 18:04:06', 'Jan  1 00:00:03'),
  );
  const declaration = { ...inUtc, year: { kind: 'closed-at', at: Date.UTC(2026, 0, 1, 1) } } as const;
  const log = await readAll(format, turned, { declaration });
  expect(log.records.map((record) => new Date(record.tDevice).toISOString())).toEqual([
    '2025-12-31T23:59:58.000Z',
    '2026-01-01T00:00:03.000Z',
  ]);
});

test('a stamp without year that came twice is rejected, and not put into the year before, when it came once', async () => {
  const { format, bytes } = all.find((each) => each.format.name === 'routeros')!;
  const twice = Buffer.from(bytes.toString().replaceAll(/Mar {2}2 18/g, 'Oct 26 02'));
  const declaration = {
    ...inUtc,
    zone: 'Europe/Berlin',
    year: { kind: 'closed-at', at: Date.UTC(2025, 9, 27) },
  } as const;
  const log = await readAll(format, twice, { declaration });
  expect(log.rejects.map((reject) => reject.fault)).toEqual(['TIME_AMBIGUOUS_FOLD', 'TIME_AMBIGUOUS_FOLD']);
});

test('numbers missing between messages are a gap, and counting anew is a restart', async () => {
  const { format, bytes } = all.find((each) => each.format.name === 'cisco-ios-xe')!;
  const jumped = Buffer.from(
    bytes.toString().replace('<190>4713', '<190>4750') + bytes.toString().replaceAll('>471', '>1'),
  );
  const log = await readAll(format, jumped);
  expect(log.facts.filter((fact) => fact.kind === 'sequence-gap' || fact.kind === 'restart')).toMatchObject([
    { kind: 'sequence-gap', missing: 37, exporter: 'cgn1' },
    { kind: 'restart', cause: 'sequence-reset' },
  ]);
  const partial = await readAll(format, jumped, { declaration: { ...inUtc, sequence: 'some-messages' } });
  expect(partial.facts.some((fact) => fact.kind === 'sequence-gap')).toBe(false);
});

describe('§7.6 formats that hide what attribution needs', () => {
  const find = (name: string) => all.find((each) => each.format.name === name)!;

  test("§7.6 nfdump's default CSV is refused with the export that works", async () => {
    const { format } = find('nfdump-csv');
    const bytes = Buffer.from(
      'firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows\n1772474645.250,0,6,100.64.7.21,51514,198.51.100.80,443,1,60,1\n',
    );
    const log = await readAll(format, bytes);
    expect(log.refusal?.code).toBe('NFDUMP_DEFAULT_CSV');
    expect(log.refusal?.message).toContain('%nsa,%nsp');
    expect(log.records).toEqual([]);
  });

  test('§7.6 ndjson and the custom CSV are accepted, and only epoch columns tell the time', async () => {
    const csv = find('nfdump-csv');
    const asuncion = { ...inUtc, zone: 'America/Asuncion' };
    const utc = await readAll(csv.format, csv.bytes);
    expect((await readAll(csv.format, csv.bytes, { declaration: asuncion })).records).toEqual(utc.records);
    const json = find('nfdump-ndjson');
    const local = Buffer.from(json.bytes.toString().replaceAll('250Z', '250').replaceAll('848Z', '848'));
    expect((await readAll(json.format, local, { declaration: { ...inUtc, zone: undefined } })).rejects[0]?.fault).toBe(
      'TIME_NO_ZONE',
    );
    expect((await readAll(json.format, local, { declaration: asuncion })).records[0]?.tDevice).toBe(
      Date.UTC(2026, 2, 2, 21, 4, 5, 250),
    );
  });
});
