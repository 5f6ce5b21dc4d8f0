import fc from 'fast-check';
import { expect, test } from 'vitest';
import { publishedText } from '../published-vectors.test-support.js';
import { formatAddCheckpoint, parseAddCheckpoint } from './add-checkpoint.js';

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });

test('a request reads back the same', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
      fc.array(hash, { maxLength: 63 }),
      fc.string(),
      (oldSize, proof, checkpoint) => {
        const request = { oldSize, proof, checkpoint };
        expect(parseAddCheckpoint(formatAddCheckpoint(request))).toEqual({ kind: 'done', value: request });
      },
    ),
  );
});

const line = `${Buffer.alloc(32, 7).toString('base64')}\n`;
test.each([
  ['no old size', '\n\nnote\n'],
  ['another first line', 'new 5\n\nnote\n'],
  ['a leading zero', 'old 05\n\nnote\n'],
  ['a negative size', 'old -5\n\nnote\n'],
  ['a size of 2^63', `old ${2n ** 63n}\n\nnote\n`],
  ['two spaces', 'old  5\n\nnote\n'],
  ['a carriage return', 'old 5\r\n\r\nnote\n'],
  ['64 hashes', `old 5\n${line.repeat(64)}\nnote\n`],
  ['a short hash', 'old 5\nBwcH\n\nnote\n'],
  ['a hash that is no Base64', `old 5\n${line.replace('=', '!')}\nnote\n`],
  ['no blank line', `old 5\n${line}note\n`],
  ['no bytes', ''],
  ['bytes that are no UTF-8', Buffer.from([0x6f, 0xff, 0x0a, 0x0a])],
  ['300 KiB', `old 5\n\n${'x'.repeat(300 * 1024)}`],
])('a request with %s is malformed', (_, body) => {
  expect(parseAddCheckpoint(body)).toMatchObject({ reason: { code: 'malformed-request' } });
});

const specification = publishedText('c2sp/tlog-witness.md');
test.skipIf(specification === undefined)('the example of the C2SP specification reads as it says', () => {
  const [, example = ''] = /Example request body:\n\n((?: {4}.*\n|\n)+)/.exec(specification ?? '') ?? [];
  const body = example.replaceAll(/^ {4}/gm, '').replace(/\n+$/, '\n');
  const parsed = parseAddCheckpoint(body);
  expect(parsed).toMatchObject({ value: { oldSize: 20852014n, proof: { length: 4 } } });
  expect(parsed.kind === 'done' && parsed.value.checkpoint).toMatch(/^example\.com\/behind-the-sofa\n20852163\n/);
  expect(parsed.kind === 'done' && formatAddCheckpoint(parsed.value)).toBe(body);
});
