import { expect, test } from 'vitest';
import { formatTable } from './table.js';

const columns = [
  { heading: 'file', of: ([name]: readonly [string, number]) => name },
  { heading: 'distance', of: ([, distance]: readonly [string, number]) => distance },
];

test('columns line up, numbers stand to the right', () => {
  expect(
    formatTable(columns, [
      ['a.jpg', 0],
      ['holiday/beach.png', 12_345],
    ]),
  ).toBe(
    [
      'file               distance',
      '─────────────────  ────────',
      'a.jpg                     0',
      'holiday/beach.png    12,345',
      '',
    ].join('\n'),
  );
});

test('a name with a newline, an escape sequence or a turned direction stays on its line and shows what it is', () => {
  const [, , row] = formatTable(columns, [['a\nb\u001b[2J\u202egpj', 1]]).split('\n');
  expect(row).toBe('a\\nb\\u001b[2J\\u202egpj         1');
});

test('emoji and ideographs take the two columns they take on a terminal', () => {
  const rows = formatTable(columns, [
    ['🙂👩‍👩‍👧', 1],
    ['写真', 1],
    ['abcd', 1],
  ])
    .trimEnd()
    .split('\n');
  expect(rows.slice(2)).toEqual(['🙂👩‍👩‍👧         1', '写真         1', 'abcd         1']);
});

test('no rows make no table', () => {
  expect(formatTable(columns, [])).toBe('');
});
