import { describe, expect, test } from 'vitest';
import { damages, strikes } from './run-damages.js';
import { readSample, samplePaths } from './sample.js';

describe('a package that was damaged', () => {
  test('is refused, and the file or the event at fault is named, whatever was done to it', {
    timeout: 300_000,
  }, async () => {
    const { held, trust } = await readSample(samplePaths);
    const bad: unknown[] = [];
    for await (const { damage, seed, report, found, named } of strikes(held, trust, 2 * damages.length)) {
      if (found === 'missed' || named === 'not-named') bad.push({ damage, seed, found, named, faults: report.faults });
    }
    expect(bad).toEqual([]);
  });
});
