import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesSource } from '../bytes/archive-source.js';
import { groupVolumes } from './group-volumes.js';
import { joinSources } from './join-sources.js';

const namesOf = (names: readonly string[]) =>
  groupVolumes(names, (name) => name)
    .map(({ stem, volumes, missing, joining }) => ({ stem, volumes, missing, joining }))
    .sort((a, b) => (a.stem < b.stem ? -1 : 1));

test.each([
  ['new RAR names', ['x.part2.rar', 'x.part10.rar', 'x.part1.rar'], ['x.part1.rar', 'x.part2.rar', 'x.part10.rar']],
  ['old RAR names', ['x.r01', 'x.rar', 'x.r00', 'x.s00'], ['x.rar', 'x.r00', 'x.r01', 'x.s00']],
  ['ZIP names', ['x.zip', 'x.z02', 'x.z01'], ['x.z01', 'x.z02', 'x.zip']],
  ['names of files cut by size', ['x.7z.002', 'x.7z.001'], ['x.7z.001', 'x.7z.002']],
])('%s make one set in order', (_, names, volumes) => {
  const sets = namesOf(names);
  expect(sets).toHaveLength(1);
  expect(sets[0]!.volumes).toEqual(volumes);
});

test('a volume that is missing is named', () => {
  expect(namesOf(['x.part1.rar', 'x.part4.rar'])[0]!.missing).toEqual([2, 3]);
  expect(namesOf(['x.r00', 'x.r01'])[0]!.missing).toEqual([1]);
});

test('files of other names are sets of their own, and none is lost', () => {
  const name = fc.constantFrom(
    'a.rar',
    'a.r00',
    'A.R01',
    'a.zip',
    'a.z01',
    'b.part1.rar',
    'b.part2.rar',
    'c.txt',
    'd.7z.001',
  );
  fc.assert(
    fc.property(fc.array(name), (names) => {
      const grouped = groupVolumes(names, (file) => file).flatMap(({ volumes }) => volumes);
      expect([...grouped].sort()).toEqual([...names].sort());
    }),
  );
});

test('joined files read as their whole', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array()), fc.nat(60), fc.nat(60), async (parts, offset, length) => {
      const whole = Buffer.concat(parts);
      const joined = joinSources(parts.map(bytesSource));
      expect(joined.size).toBe(whole.length);
      expect(Buffer.from(await joined.read(offset, length))).toEqual(whole.subarray(offset, offset + length));
    }),
  );
});
