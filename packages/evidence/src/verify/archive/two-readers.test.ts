import { describe, expect, test } from 'vitest';
import type { ByteSource } from './members.js';
import { openArchive } from './open-archive.js';

// Archives of which another program would see something else than the checker does.

const inMemory = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: async (from, to) => bytes.subarray(from, to),
  stream: async function* (from, to) {
    yield bytes.subarray(from, to);
  },
  close: async () => {},
});

/** What a checker sees, or why it does not look. */
const seen = async (bytes: Uint8Array): Promise<readonly string[] | string> => {
  const opened = await openArchive(inMemory(bytes));
  if (opened.kind !== 'done') return opened.reason.message;
  const found: string[] = [];
  for await (const { path, kind } of opened.value.list()) found.push(`${kind} ${path}`);
  return found;
};

interface TarMember {
  readonly name: string;
  readonly type?: string;
  readonly data?: string;
}

const tarOf = (...members: readonly TarMember[]): Buffer => {
  const blocks = members.flatMap(({ name, type = '0', data = '' }) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(data.length.toString(8).padStart(11, '0'), 124);
    header.fill(' ', 148, 156);
    header.write(type, 156);
    header.write('ustar\u000000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0`, 148);
    return [header, Buffer.from(data), Buffer.alloc((512 - (data.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
};

const record = (key: string, value: string): string => {
  const rest = ` ${key}=${value}\n`;
  const length = rest.length + String(rest.length + 2).length;
  return `${length}${rest}`;
};

const file = { name: 'p/bagit.txt', data: 'x' };

describe('a tar', () => {
  test('of one folder is that folder', async () => {
    expect(await seen(tarOf({ name: 'p/', type: '5' }, file))).toEqual(['file bagit.txt']);
    expect(await seen(tarOf({ name: 'x', type: 'x', data: record('path', 'p/bagit.txt') }, file))).toEqual([
      'file bagit.txt',
    ]);
  });

  test.each(['../', '/', 'CON/', 'a:/', ' /'])('whose one folder is %j is told of it', async (base) => {
    const told = await seen(tarOf({ name: `${base}bagit.txt` }, { name: `${base}data/x` }));
    expect(told).toEqual([`file ${base}bagit.txt`, `file ${base}data/x`]);
  });

  test.each([
    ['a link', '2', 'link p/'],
    ['a file', '0', 'file p/'],
    ['a device', '3', 'special p/'],
  ])('in which the folder is also %s is told of it', async (_, type, told) => {
    expect(await seen(tarOf({ name: 'p/', type }, file))).toEqual([told, 'file bagit.txt'].map(String));
  });

  test('in which a folder holds bytes, where others look for the next member, is refused', async () => {
    const hidden = tarOf({ name: 'p/other.txt', data: 'y' }).subarray(0, 1024).toString('latin1');
    expect(await seen(tarOf({ name: 'p/', type: '5', data: hidden }, file))).toContain('holds bytes');
  });

  test.each([
    ['a pax header and a long name of GNU', 'x', 'L'],
    ['a long name of GNU and a pax header', 'L', 'x'],
    ['two pax headers', 'x', 'x'],
  ])('that names a member twice, by %s, is refused', async (_, one, other) => {
    const named = (type: string, name: string): TarMember => ({
      name: '././@LongLink',
      type,
      data: type === 'L' ? `${name}\0` : record('path', name),
    });
    expect(await seen(tarOf(named(one, 'p/one'), named(other, 'p/other'), file))).toContain('two extended headers');
  });
});

interface ZipMember {
  readonly name: string;
  readonly data?: string;
  readonly flags?: number;
  readonly localSize?: number;
  readonly localFlags?: number;
  readonly descriptorSize?: number;
  readonly extra?: Buffer;
  readonly localExtra?: Buffer;
}

const none = Buffer.alloc(0);

const zipOf = (...members: readonly ZipMember[]): Buffer => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const { name, data = '', flags = 0, extra = none, localExtra = none } = member;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50);
    local.writeUInt16LE(member.localFlags ?? flags, 6);
    const localSize = member.localSize ?? ((flags & 8) === 0 ? data.length : 0);
    local.writeUInt32LE(localSize, 18);
    local.writeUInt32LE(localSize, 22);
    local.writeUInt16LE(name.length, 26);
    local.writeUInt16LE(localExtra.length, 28);
    const descriptor = Buffer.alloc((flags & 8) === 0 ? 0 : 12);
    if (descriptor.length > 0)
      for (const at of [4, 8]) descriptor.writeUInt32LE(member.descriptorSize ?? data.length, at);
    const whole = Buffer.concat([local, Buffer.from(name), localExtra, Buffer.from(data), descriptor]);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(data.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt16LE(extra.length, 30);
    entry.writeUInt32LE(offset, 42);
    parts.push(whole);
    directory.push(Buffer.concat([entry, Buffer.from(name), extra]));
    offset += whole.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listed, end]);
};

/** Info-ZIP Unicode Path (APPNOTE.TXT 4.6.9): another name for whoever reads it. */
const otherName = Buffer.concat([
  Buffer.from('7570', 'hex'),
  Buffer.from('0a000100000000', 'hex'),
  Buffer.from('p/x.t'),
]);

describe('a ZIP', () => {
  test('is what its members say', async () => {
    const described = { ...file, name: 'p/y', flags: 8 };
    expect(await seen(zipOf({ name: 'p/' }, file, described))).toEqual(['file bagit.txt', 'file y']);
  });

  test.each(['../', '/', 'CON/'])('whose one folder is %j is told of it', async (base) => {
    expect(await seen(zipOf({ name: `${base}bagit.txt` }))).toEqual([`file ${base}bagit.txt`]);
  });

  test('in which the folder is also a file is told of it', async () => {
    expect(await seen(zipOf({ name: 'p/', data: 'x' }, file))).toEqual(['file p/', 'file bagit.txt']);
  });

  test.each<[string, Partial<ZipMember>]>([
    ['a shorter length', { localSize: 0 }],
    ['a longer length', { localSize: 2 }],
    ['other flags', { localFlags: 8 }],
    ['another length behind it', { flags: 8, descriptorSize: 0 }],
    ['another length before what stands behind it', { flags: 8, localSize: 9 }],
    ['another name in its header', { localExtra: otherName }],
    ['another name in the directory', { extra: otherName }],
  ])('of which a member has %s, by which others go, is refused', async (_, lie) => {
    expect(typeof (await seen(zipOf({ ...file, ...lie }, { name: 'p/z' })))).toBe('string');
  });
});
