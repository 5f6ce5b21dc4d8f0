import * as asn1js from 'asn1js';
import { describe, expect, test } from 'vitest';
import { attempt } from './der.js';
import { readTokenInfo } from './token-info.js';

const sequence = (...value: asn1js.BaseBlock[]) => new asn1js.Sequence({ value });
const number = (value: number) => new asn1js.Integer({ value });
const oid = (value: string) => new asn1js.ObjectIdentifier({ value });
const octets = (...bytes: number[]) => new asn1js.OctetString({ valueHex: Uint8Array.from(bytes).buffer });
const tagged = (tagNumber: number, byte: number) =>
  new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber }, valueHex: Uint8Array.of(byte).buffer });

/** GeneralizedTime as written, which the library would not write. */
const time = (text: string): asn1js.BaseBlock =>
  asn1js.fromBER(Uint8Array.of(0x18, text.length, ...Buffer.from(text))).result;

const imprint = sequence(sequence(oid('2.16.840.1.101.3.4.2.1'), new asn1js.Null()), octets(1, 2, 3));

const read = (genTime: string, ...optional: asn1js.BaseBlock[]) => {
  const info = sequence(number(1), oid('1.2.3'), imprint, number(7), time(genTime), ...optional);
  return attempt(() => readTokenInfo(new Uint8Array(info.toBER())));
};

describe('the statement of a token', () => {
  test.each([
    ['20260301101500Z', '2026-03-01T10:15:00.000Z'],
    ['20260301101500.5Z', '2026-03-01T10:15:00.500Z'],
    ['20260301101500.123999Z', '2026-03-01T10:15:00.123Z'],
  ])('%s is the moment %s', (text, genTime) => {
    expect(read(text)).toMatchObject({ value: { genTime, policy: '1.2.3', serial: '07' } });
  });

  test.each([
    '20260301101500',
    '202603011015Z',
    '20260301101500+0300',
    '20260230101500Z',
    '20260301101500.Z',
    '20261301101500Z',
  ])('%s is no moment', (text) => {
    expect(read(text)).toHaveProperty('why');
  });

  test.each([
    ['nothing', [], undefined],
    ['seconds', [number(2)], 2_000_000],
    ['milliseconds', [tagged(0, 5)], 5000],
    ['microseconds', [tagged(1, 100)], 100],
    ['all of them', [number(1), tagged(0, 5), tagged(1, 7)], 1_005_007],
  ])('an accuracy in %s is read', (_, parts, accuracyMicros) => {
    const info = parts.length === 0 ? read('20260301101500Z') : read('20260301101500Z', sequence(...parts));
    expect('value' in info && info.value.accuracyMicros).toBe(accuracyMicros);
  });

  test.each([
    ['an accuracy below zero', sequence(number(-1))],
    ['an accuracy of another kind', sequence(tagged(2, 1))],
    ['an accuracy of ages', sequence(new asn1js.Integer({ valueHex: new Uint8Array(9).fill(0x7f).buffer }))],
  ])('%s is refused', (_, part) => {
    expect(read('20260301101500Z', part)).toHaveProperty('why');
  });

  test('an extension is passed over, and a critical one refused', () => {
    const extensions = (...value: asn1js.BaseBlock[]) =>
      new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber: 1 }, value });
    const critical = new asn1js.Boolean({ value: true });
    expect(read('20260301101500Z', extensions(sequence(oid('1.2.3.4'), octets(0))))).toHaveProperty('value');
    expect(read('20260301101500Z', extensions(sequence(oid('1.2.3.4'), critical, octets(0))))).toHaveProperty('why');
  });

  test('of another version is refused', () => {
    const info = sequence(number(2), oid('1.2.3'), imprint, number(7), time('20260301101500Z'));
    expect(attempt(() => readTokenInfo(new Uint8Array(info.toBER())))).toHaveProperty('why');
  });
});
