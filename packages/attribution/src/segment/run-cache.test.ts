import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openRunCache } from './run-cache.js';

const folder = mkdtempSync(path.join(tmpdir(), 'tutela-cache-'));
afterAll(() => rmSync(folder, { recursive: true }));

const pattern = (file: number, at: number): number => (at * 31 + (at >> 8) + file * 7) & 0xff;
const opened = (number: number, bytes: number) => {
  const name = path.join(folder, String(number));
  writeFileSync(
    name,
    Uint8Array.from({ length: bytes }, (_, at) => pattern(number, at)),
  );
  return openSync(name, 'r');
};

test('gives the bytes of the file, whatever two files asked for before and made room for', () => {
  const bytes = 100_000;
  const cache = openRunCache(4 * 9216);
  const descriptors = [opened(0, bytes), opened(1, bytes)];
  const files = descriptors.map((file) => cache.attach(file, bytes));
  let seed = 1;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  let direct = 0;
  for (let asked = 0; asked < 5000; asked++) {
    const file = random(2);
    const length = 1 + random(1200);
    const at = random(bytes - length);
    const place = files[file]!.place(at, length);
    if (place < 0) {
      direct++;
      expect(length).toBeGreaterThan(1000);
      continue;
    }
    const wrong = Array.from({ length }, (_, byte) => byte).find(
      (byte) => cache.view.getUint8(place + byte) !== pattern(file, at + byte),
    );
    expect(wrong).toBe(undefined);
  }
  expect(direct).toBeLessThan(500);
  expect(cache.view.byteLength).toBe(4 * 9216);
  files[0]!.detach();
  expect(cache.view.getUint8(files[1]!.place(50_000, 1))).toBe(pattern(1, 50_000));
  for (const file of descriptors) closeSync(file);
});
