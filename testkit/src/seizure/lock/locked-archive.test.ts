import { type FileHandle, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bytesSource, checkPassword, joinSources, takeCensus, unpackArchive } from '@tutela/archive';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lockedArchive, lockedKinds } from './locked-archive.js';
import type { LockedMember } from './member.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela-locked-'));
});
afterAll(() => rm(folder, { recursive: true }));

const modified = new Date('2010-03-04T05:06:08Z');
const members: readonly LockedMember[] = [
  { name: 'notes.txt', bytes: Buffer.from('harmless words, and some more of them. '.repeat(30)), modified },
  { name: 'field.bin', bytes: Buffer.from(Array.from({ length: 1001 }, (_, at) => (at * at) & 0xff)), modified },
];
const locking = { password: 'maple-river', label: 'test' };

const unpack = async (files: readonly { readonly ending: string; readonly bytes: Buffer }[], password: string) => {
  const taken = await takeCensus(joinSources(files.map(({ bytes }) => bytesSource(bytes))));
  if (taken.kind !== 'done') throw new Error(taken.reason.message);
  const places = files.map(({ ending }) => path.join(folder, `set${ending}`));
  await Promise.all(files.map(({ bytes }, at) => writeFile(places[at]!, bytes)));
  const handles: FileHandle[] = await Promise.all(places.map((place) => open(place)));
  const found: Record<string, string> = {};
  let name = '';
  const outcome = await unpackArchive({
    format: taken.value.format,
    volumes: handles.map(({ fd }, at) => ({
      name: `set${files[at]!.ending}`,
      descriptor: fd,
      bytes: files[at]!.bytes.length,
    })),
    password,
    receiver: {
      begin: (member) => {
        name = member;
        found[name] = '';
      },
      data: (bytes) => {
        found[name] += Buffer.from(bytes).toString('hex');
      },
      end: () => undefined,
    },
  });
  await Promise.all(handles.map((handle) => handle.close()));
  return { census: taken.value, outcome, found };
};

test.each(lockedKinds)(
  '%s opens with its password, in the embedded check and in 7-Zip, and with no other',
  async (kind) => {
    const files = lockedArchive(kind, members, locking);
    const { census, outcome, found } = await unpack(files, locking.password);
    expect(outcome.kind).toBe('done');
    expect(found).toEqual(
      Object.fromEntries(members.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('hex')])),
    );
    expect(census.locks).toHaveLength(1);
    const [lock] = census.locks;
    expect(checkPassword(lock!.check, locking.password)).toBe('opens');
    expect(checkPassword(lock!.check, 'another')).toBe('does-not-open');
    expect(lock!.hashcat.kind).toBe('line');
    expect(census.encryption).toBe(kind.endsWith('headers') ? 'headers' : 'data');
  },
);

test.each(lockedKinds)('%s is written twice alike, and with another label has another key', async (kind) => {
  const [one, again, other] = ['test', 'test', 'other'].map((label) =>
    lockedArchive(kind, members, { ...locking, label }),
  );
  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
});
