import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatIpv4, parseIpv4 } from './ipv4.js';
import { formatIpv6, formatIpv6Prefix, ipv6Prefix, parseIpv6, parseIpv6Prefix } from './ipv6.js';
import { readPublicAddress } from './public-address.js';
import { type IntakeSettings, type ObservationFields, readObservation } from './read-observation.js';
import { readObservationsCsv } from './read-observations-csv.js';
import { readTime } from './read-time.js';
import { tzVersion } from './zone.js';

const demo: IntakeSettings = { documentation: 'allow', hours: 24, abbreviations: {} };
const real: IntakeSettings = { ...demo, documentation: 'refuse' };
const good: ObservationFields = {
  ip: '203.0.113.9',
  port: '20481',
  proto: 'TCP',
  destIp: '',
  destPort: '',
  from: '2026-03-02T18:04:05.250Z',
  to: '',
  clockErrorSeconds: '0.5',
  clockOffsetSeconds: '',
  clockSyncedTo: 'ntp.example',
  role: 'connection-source',
  contact: '',
  sourceDocument: 'a'.repeat(64),
  entry: 'electronic',
};
const codeOf = (fields: Partial<ObservationFields>, settings = demo): string => {
  const read = readObservation({ ...good, ...fields }, settings);
  return read.kind === 'done' ? 'done' : read.reason.code;
};

describe('addresses', () => {
  test('what is written reads back to the same address', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), (value) => {
        expect(parseIpv4(formatIpv4(value))).toBe(value);
      }),
    );
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 128n - 1n), (value) => {
        expect(parseIpv6(formatIpv6(value))).toBe(value);
      }),
    );
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 128n - 1n), fc.integer({ min: 0, max: 128 }), (value, length) => {
        const prefix = ipv6Prefix(value, length);
        expect(parseIpv6Prefix(formatIpv6Prefix(prefix))).toEqual(prefix);
      }),
    );
  });

  test.each([
    '010.0.0.1',
    '1.2.3',
    '127.1',
    '1.2.3.4.5',
    '1.2.3.256',
    ' 1.2.3.4',
    '1.2.3.4 ',
    '0x1.2.3.4',
    '1..2.3',
    '',
    '1.2.3.-4',
    '٣.1.1.1',
  ])('%j is no IPv4 address', (text) => expect(parseIpv4(text)).toBeUndefined());
  test.each([
    '1::2::3',
    ':::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    'fe80::1%eth0',
    '[::1]',
    '::1.2.3',
    '12345::',
    '::1.2.3.04',
  ])('%j is no IPv6 address', (text) => expect(parseIpv6(text)).toBeUndefined());

  test('the short form is that of RFC 5952', () => {
    expect(formatIpv6(parseIpv6('2001:0DB8:0:0:1:0:0:1')!)).toBe('2001:db8::1:0:0:1');
    expect(formatIpv6(parseIpv6('2001:db8:0:1:1:1:1:1')!)).toBe('2001:db8:0:1:1:1:1:1');
    expect(formatIpv6(0n)).toBe('::');
  });

  test('an IPv4-mapped address is the IPv4 address', () => {
    expect(readPublicAddress('::ffff:8.8.8.8', real)).toEqual({
      kind: 'done',
      value: { version: 4, value: 0x08080808, text: '8.8.8.8' },
    });
    expect(readPublicAddress('::ffff:100.64.7.21', real)).toMatchObject({ reason: { code: 'ADDRESS_NOT_PUBLIC' } });
  });

  test.each([
    '100.64.7.21',
    '10.0.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '127.0.0.1',
    '169.254.1.1',
    '0.0.0.1',
    '224.0.0.1',
    '255.255.255.255',
    'fe80::1',
    'fc00::1',
    '::1',
    '2002:808:808::1',
    '2001:0:1::1',
    '64:ff9b::1',
  ])('nobody holds %s in public, documentation allowed or not', (text) =>
    expect(readPublicAddress(text, demo)).toMatchObject({ reason: { code: 'ADDRESS_NOT_PUBLIC' } }),
  );
  test.each(['203.0.113.9', '192.0.2.1', '198.51.100.1', '198.18.0.1', '2001:db8::1', '3fff::1'])(
    '%s counts only in demonstrations',
    (text) => {
      expect(readPublicAddress(text, demo).kind).toBe('done');
      expect(readPublicAddress(text, real)).toMatchObject({ reason: { code: 'ADDRESS_NOT_PUBLIC' } });
    },
  );
});

describe('§7.3 input that is somebody else or nobody', () => {
  test.each([
    ['§7.3 a padded address', { ip: '010.0.0.1' }, 'ADDRESS_MALFORMED'],
    ['§7.3 a short address', { ip: '1.2.3' }, 'ADDRESS_MALFORMED'],
    ["§7.3 a carrier's inside address", { ip: '100.64.7.21' }, 'ADDRESS_NOT_PUBLIC'],
    ['§7.3 port 0', { port: '0' }, 'PORT_MALFORMED'],
    ['§7.3 a port without protocol', { proto: '' }, 'PROTO_MISSING'],
    ['a port beyond 65535', { port: '65536' }, 'PORT_MALFORMED'],
    ['a padded port', { port: '0443' }, 'PORT_MALFORMED'],
    ['a protocol without ports', { proto: 'GRE' }, 'PROTO_UNKNOWN'],
    ['a prototype member for a protocol', { proto: 'constructor' }, 'PROTO_UNKNOWN'],
    ['a malformed destination', { destIp: '1.2.3' }, 'DEST_MALFORMED'],
    ['no clock error', { clockErrorSeconds: '' }, 'CLOCK_ERROR_UNKNOWN'],
    ['a negative clock error', { clockErrorSeconds: '-1' }, 'CLOCK_ERROR_MALFORMED'],
    ['no source document', { sourceDocument: '' }, 'SOURCE_DOCUMENT_MISSING'],
    ['no word on how it was entered', { entry: '' }, 'TRANSCRIPTION_UNSTATED'],
    ['an address that others named', { role: 'announced-only' }, 'ROLE_NOT_A_CONNECTION'],
    ['hearsay', { contact: 'H' }, 'CONTACT_HEARSAY'],
    ['a window that ends before it begins', { to: '2026-03-02T18:04:04Z' }, 'TIME_WINDOW_REVERSED'],
  ])('%s is refused by its code', (_, fields, code) => expect(codeOf(fields)).toBe(code));

  test('what was stated is kept, what is missing qualifies', () => {
    const read = readObservation(
      { ...good, port: '', proto: '', clockErrorSeconds: 'unknown', clockOffsetSeconds: '2' },
      demo,
    );
    expect(read).toMatchObject({
      kind: 'done',
      value: {
        from: { at: Date.UTC(2026, 2, 2, 18, 4, 3, 250), precisionMs: 1, provenance: { source: 'utc', tzVersion } },
        clock: { errorMs: 'unknown', offsetMs: 2000 },
        qualifiers: ['PORT_MISSING', 'PROTO_MISSING', 'CLOCK_ERROR_UNKNOWN'],
      },
    });
  });
});

describe('§7.4 times that are no moment', () => {
  const times: readonly (readonly [string, string, string])[] = [
    ['§7.4 an abbreviation', '2026-03-02 18:04 BST', 'ZONE_ABBREVIATION'],
    ['§7.4 a fold', '2025-10-26 02:30:00 Europe/Berlin', 'TIME_AMBIGUOUS_FOLD'],
    ['a gap', '2025-03-30 02:30:00 Europe/Berlin', 'TIME_NONEXISTENT'],
    ['§7.4 no year', 'Mar  2 18:04:05', 'TIME_YEAR_MISSING'],
    ['no zone', '2026-03-02 18:04:05', 'TIME_NO_ZONE'],
    ['a zone that is not', '2026-03-02 18:04:05 Mars/Olympus', 'ZONE_UNKNOWN'],
    ['30 February', '2026-02-30 18:04:05Z', 'TIME_MALFORMED'],
    ['a leap second', '2016-12-31 23:59:60Z', 'TIME_MALFORMED'],
    ['a day first', '02/03/2026 18:04:05Z', 'TIME_MALFORMED'],
    ['an offset the zone had not', '2026-07-01T12:00:00+01:00[Europe/Berlin]', 'TIME_NONEXISTENT'],
    ['an offset nobody has', '2026-07-01T12:00:00+19:00', 'ZONE_UNKNOWN'],
  ];
  test.each(times)('%s is refused by its code', (_, text, code) =>
    expect(readTime(text, demo)).toMatchObject({ reason: { code } }),
  );

  test('§7.4 a time without AM or PM from a source that counts to twelve is refused', () => {
    const twelve = { ...demo, hours: 12 } as const;
    expect(readTime('2026-03-02 12:34:29Z', twelve)).toMatchObject({ reason: { code: 'TIME_TWELVE_HOUR' } });
    expect(readTime('2026-03-02 12:34:29 AM Z', twelve)).toMatchObject({
      value: { at: Date.UTC(2026, 2, 2, 0, 34, 29) },
    });
    expect(readTime('2026-03-02 12:34:29 PM Z', twelve)).toMatchObject({
      value: { at: Date.UTC(2026, 2, 2, 12, 34, 29) },
    });
    expect(readTime('2026-03-02 13:34:29 PM Z', twelve)).toMatchObject({ reason: { code: 'TIME_MALFORMED' } });
  });

  test('an offset settles a fold, and an abbreviation counts where its source explains it', () => {
    expect(readTime('2025-10-26T02:30:00+02:00[Europe/Berlin]', demo)).toMatchObject({
      value: { at: Date.UTC(2025, 9, 26, 0, 30) },
    });
    expect(readTime('2025-10-26T02:30:00+01:00[Europe/Berlin]', demo)).toMatchObject({
      value: { at: Date.UTC(2025, 9, 26, 1, 30) },
    });
    const british = { ...demo, abbreviations: { BST: '+01:00' } };
    expect(readTime('2026-07-02 18:04 BST', british)).toMatchObject({
      value: {
        at: Date.UTC(2026, 6, 2, 17, 4),
        precisionMs: 60_000,
        provenance: { source: 'abbreviation', zone: '+01:00' },
      },
    });
  });
});

const hasNewParaguay = Number.parseInt(tzVersion, 10) >= 2025;
test.skipIf(!hasNewParaguay)(
  '§7.5 Asunción in the winter of 2025 is at UTC−3, by a named time zone database (skipped before 2025a)',
  () => {
    expect(readTime('2025-07-01 12:00:00 America/Asuncion', demo)).toMatchObject({
      value: { at: Date.UTC(2025, 6, 1, 15), provenance: { zone: 'America/Asuncion', tzVersion } },
    });
    expect(readTime('2024-07-01 12:00:00 America/Asuncion', demo)).toMatchObject({
      value: { at: Date.UTC(2024, 6, 1, 16) },
    });
    expect(tzVersion).toMatch(/^20\d\d[a-z]$/);
  },
);

describe('observations from a table', () => {
  const header = 'ip,port,protocol,from,clock_error_s,role,source_document,entry';
  const row = (ip: string): string =>
    `${ip},20481,TCP,2026-03-02T18:04:05Z,1,connection-source,${'a'.repeat(64)},electronic`;

  test('7,500 rows: each is an observation or a named refusal', () => {
    const rows = Array.from({ length: 7500 }, (_, index) =>
      row(index % 10 === 0 ? '010.0.0.1' : `203.0.113.${index % 256}`),
    );
    const read = readObservationsCsv(`${header}\n${rows.join('\r\n')}\n`, demo);
    if (read.kind !== 'done') throw new Error(read.reason.message);
    expect(read.value.observations.length).toBe(6750);
    expect(read.value.refusals.length).toBe(750);
    expect(read.value.refusals[0]).toMatchObject({ line: 2, code: 'ADDRESS_MALFORMED' });
    expect(read.value.observations[0]?.line).toBe(3);
  });

  test('a row with too few cells or an open quote is refused, and a header with an unknown column refuses all', () => {
    const read = readObservationsCsv(`${header}\n1,2\n"${row('203.0.113.9')}\n\n`, demo);
    expect(read).toMatchObject({
      value: {
        refusals: [
          { line: 2, code: 'ROW_MALFORMED' },
          { line: 3, code: 'ROW_MALFORMED' },
        ],
        blankLines: 1,
      },
    });
    expect(readObservationsCsv(`${header},zone\n`, demo).kind).toBe('refused');
    expect(readObservationsCsv('', demo).kind).toBe('refused');
  });

  test('whatever a cell holds, the row is in one list', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 8, maxLength: 8 }), (cells) => {
        const line = cells.map((cell) => `"${cell.replaceAll('"', '""').replaceAll(/[\r\n]/g, ' ')}"`).join(',');
        const read = readObservationsCsv(`${header}\n${line}\n`, demo);
        if (read.kind !== 'done') throw new Error(read.reason.message);
        expect(read.value.observations.length + read.value.refusals.length + read.value.blankLines).toBe(1);
      }),
    );
  });
});
