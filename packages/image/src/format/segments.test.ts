import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ewfEndings, ewfSegments } from './segments.js';

test('the endings of segments follow one another as EnCase names them', () => {
  const endings = [...ewfEndings()];
  expect([endings[0], endings[98], endings[99], endings[774], endings[775], endings.at(-1)]).toEqual([
    'E01',
    'E99',
    'EAA',
    'EZZ',
    'FAA',
    'ZZZ',
  ]);
});

test('segments are found beside the first, and other files with its name are not', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tutela-segments-'));
  const at = (name: string): string => path.join(folder, name);
  for (const name of ['a.E01', 'a.E02', 'a.raw', 'a.E04', 'b.E03', 'single']) writeFileSync(at(name), '');
  expect(await ewfSegments(at('a.E01'))).toEqual([at('a.E01'), at('a.E02')]);
  expect(await ewfSegments(at('single'))).toEqual([at('single')]);
  rmSync(folder, { recursive: true });
});
