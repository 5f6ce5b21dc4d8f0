import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, type JsonValue } from './canonical-json.js';

describe('canonical JSON', () => {
  test('sorts members by UTF-16 code units as RFC 8785 §3.2.3 shows', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '1': 'One',
      '\u0080': 'Control',
      '\ud83d\ude00': 'Smiley',
    };
    expect(Object.keys(JSON.parse(canonicalJson(value)) as object).length).toBe(5);
    expect(canonicalJson(value)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u20ac":"Euro Sign","\ud83d\ude00":"Smiley"}',
    );
  });

  test('gives the same text whatever the order of members, and reads back equal', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const plain = JSON.parse(JSON.stringify(value).replaceAll('-0', '0')) as JsonValue;
        let text: string;
        try {
          text = canonicalJson(plain);
        } catch {
          return;
        }
        expect(JSON.parse(text)).toEqual(plain);
        expect(canonicalJson(JSON.parse(text) as JsonValue)).toBe(text);
      }),
    );
  });

  test.each([
    ['undefined in a member', { a: undefined }],
    ['a date', { a: new Date(0) }],
    ['minus zero', [-0]],
    ['not a number', [Number.NaN]],
    ['an integer beyond 2^53', [2 ** 60]],
    ['a lone surrogate', ['\ud800']],
    ['a function', [() => 1]],
  ])('refuses %s instead of changing it', (_, value) => {
    expect(() => canonicalJson(value as unknown as JsonValue)).toThrow();
  });
});
