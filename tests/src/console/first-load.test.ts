import { expect, test } from 'vitest';
import { firstLoads } from './first-load.js';

const most = 350_000;

test('every screen opens with less than 350 kB, compressed, styles and one language included', () => {
  const loads = firstLoads();
  process.stdout.write(
    loads.map(({ screen, gzip }) => `${screen.padEnd(24)} ${(gzip / 1000).toFixed(1)} kB\n`).join(''),
  );
  expect(loads.length).toBeGreaterThan(2);
  expect(loads.filter(({ gzip }) => gzip > most)).toEqual([]);
});
