import type { JsonObject } from '@tutela/core';
import type { Entry, TreeNode } from '@tutela/ledger';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCanonicalFile, parseCanonicalFile } from './canonical-file.js';
import { type EventLine, formatEventLine, parseEventLine } from './event-line.js';
import { formatManifestLine, type ManifestAlgorithm, parseManifestLine } from './manifest.js';
import { formatNodes, parseNodes } from './nodes.js';
import { comparePaths, foldPath, pathFault } from './paths.js';
import { object, text } from './shape.js';

const hex = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes).toString('hex'));
const plainName = fc
  .stringMatching(/^[a-z0-9ñçа-я][a-z0-9ñçа-я_-]{0,20}$/u)
  .filter((name) => pathFault(name) === undefined);

describe('a path', () => {
  test.each([
    '',
    '/etc/passwd',
    '../up',
    'data/../../up',
    'data//x',
    'data/./x',
    'data/x/',
    'data/a\u0301',
    'data\\x',
    'c:x',
    'data/50%',
    'data/\u202eexe.txt',
    'data/\u0000',
    'data/con',
    'data/LPT1.txt',
    'data/x.',
    'data/ x',
    'data/x ',
    `data/${'x'.repeat(256)}`,
    `${'x/'.repeat(40)}x`,
    'data/\ud800',
  ])('%j is not safe', (path) => {
    expect(pathFault(path)).toBeDefined();
  });

  test.each(['bagit.txt', 'data/items/a1/Foto 7.jpg', 'data/ñandú/файл.bin', 'data/.hidden'])('%j is safe', (path) => {
    expect(pathFault(path)).toBeUndefined();
  });

  test('is ordered by its UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
        expect(Math.sign(comparePaths(one, other))).toBe(
          Math.sign(Buffer.compare(Buffer.from(one), Buffer.from(other))),
        );
      }),
    );
  });

  test('is folded so that what a disk without case takes for one is one', () => {
    expect(foldPath('data/STRASSE')).toBe(foldPath('data/straße'));
    expect(foldPath('data/Σ')).toBe(foldPath('data/ς'));
  });
});

describe('a JSON file', () => {
  const shape = object({ a: text }, { b: text });
  const parse = (bytes: string) => parseCanonicalFile(Buffer.from(bytes), shape).kind;

  test('reads back what was written', () => {
    expect(parseCanonicalFile(formatCanonicalFile({ a: 'ü' }), shape)).toEqual({ kind: 'done', value: { a: 'ü' } });
  });

  test.each([
    ['no line feed', '{"a":"x"}'],
    ['two of them', '{"a":"x"}\n\n'],
    ['a space', '{"a": "x"}\n'],
    ['members in another order', '{"b":"x","a":"x"}\n'],
    ['a member twice', '{"a":"x","a":"x"}\n'],
    ['an unknown member', '{"a":"x","c":1}\n'],
    ['a name of the prototype', '{"__proto__":{},"a":"x"}\n'],
    ['a byte order mark', '\ufeff{"a":"x"}\n'],
    ['an escape that need not be', '{"a":"\\u0078"}\n'],
    ['nothing', ''],
    ['depth', `${'['.repeat(100_000)}\n`],
  ])('with %s is refused', (_, bytes) => {
    expect(parse(bytes)).toBe('refused');
  });

  test('that is not UTF-8 is refused', () => {
    expect(parseCanonicalFile(Buffer.from('{"a":"\xff"}\n', 'latin1'), shape).kind).toBe('refused');
  });
});

describe('a line of events', () => {
  const entry = (actor: string): Entry => ({
    v: 1,
    type: 'a.b',
    actor,
    at: '2026-03-01T10:00:00.000Z' as Entry['at'],
    subjects: [],
    commitment: '0'.repeat(64),
  });
  const line: fc.Arbitrary<EventLine> = fc
    .record({
      actor: plainName,
      index: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
      key: hex(32),
      said: fc.dictionary(plainName, fc.string()),
      withheld: fc.boolean(),
    })
    .map(({ actor, index, key, said, withheld }) => {
      const facts = { index: String(index), entry: entry(actor) };
      const payload = { effects: [], payload: said } as unknown as JsonObject;
      return withheld ? { ...facts, withheld: 'secret "reason"' } : { ...facts, opening: { key, payload } };
    });

  test('reads back what was written', () => {
    fc.assert(
      fc.property(line, (each) => {
        const read = parseEventLine(formatEventLine(each).trimEnd());
        expect(read.kind === 'done' && read.value.line).toEqual(JSON.parse(JSON.stringify(each)));
      }),
    );
  });

  test('with any other byte is no such line, or another one', () => {
    fc.assert(
      fc.property(line, fc.nat(), fc.nat(255), (each, at, byte) => {
        const bytes = Buffer.from(formatEventLine(each).trimEnd());
        const before = Buffer.from(bytes);
        bytes[at % bytes.length] = byte;
        fc.pre(!bytes.equals(before));
        const read = parseEventLine(bytes.toString('utf8'));
        if (read.kind === 'done') expect(read.value.line).not.toEqual(JSON.parse(JSON.stringify(each)));
      }),
    );
  });

  test.each([
    '',
    '{}',
    'null',
    '[]',
    '{"entry":{},"index":"1"}',
    '{"entry":{},"index":"01","withheld":"x"}',
    '{"entry":{},"index":"9223372036854775808","withheld":"x"}',
  ])('%j is refused', (text) => {
    expect(parseEventLine(text).kind).toBe('refused');
  });
});

describe('nodes.json', () => {
  const node: fc.Arbitrary<TreeNode> = fc
    .record({
      level: fc.nat(63),
      index: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
      hash: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    })
    .map((each) => each);
  const written = async (nodes: readonly TreeNode[], size: bigint): Promise<Buffer> => {
    const parts: string[] = [];
    for await (const part of formatNodes(nodes, size)) parts.push(part);
    return Buffer.from(parts.join(''));
  };
  const read = async (bytes: Buffer, piece: number) => {
    async function* pieces() {
      for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
    }
    const parts = [];
    for await (const part of parseNodes(pieces())) parts.push(part);
    return parts;
  };

  test('reads back what was written, in whatever pieces it comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(node, { maxLength: 20 }), fc.integer({ min: 1, max: 500 }), async (nodes, piece) => {
        const parts = await read(await written(nodes, 77n), piece);
        const expected = [...nodes.map((each) => ({ kind: 'node', node: each })), { kind: 'end', size: 77n }];
        expect(parts).toEqual(expected);
      }),
    );
  });

  test('is canonical JSON', async () => {
    const bytes = await written([{ level: 3, index: 5n, hash: new Uint8Array(32) }], 99n);
    expect(parseCanonicalFile(bytes, () => undefined).kind).toBe('done');
  });

  test('with any byte changed, added or left out is not read as the same', async () => {
    const nodes: TreeNode[] = [0, 1].map((level) => ({ level, index: 7n, hash: new Uint8Array(32).fill(level + 1) }));
    const bytes = await written(nodes, 99n);
    const good = await read(bytes, 64);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] as number) ^ 1;
      const shorter = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
      const longer = Buffer.concat([bytes.subarray(0, at), Buffer.from(' '), bytes.subarray(at)]);
      for (const each of [changed, shorter, longer]) expect(await read(each, 64)).not.toEqual(good);
    }
    expect((await read(Buffer.concat([bytes, Buffer.from('x')]), 64)).at(-1)?.kind).toBe('malformed');
  });
});

test('a line of a manifest reads back what was written, as long as its digest', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<ManifestAlgorithm>('sha256', 'sha512'),
      hex(64),
      plainName,
      (algorithm, digits, path) => {
        const digest = digits.slice(0, algorithm === 'sha256' ? 64 : 128);
        const text = formatManifestLine({ digest, path }).slice(0, -1);
        expect(parseManifestLine(algorithm, text)).toEqual({ kind: 'line', line: { digest, path } });
        expect(parseManifestLine(algorithm === 'sha256' ? 'sha512' : 'sha256', text).kind).toBe('malformed');
      },
    ),
  );
});
