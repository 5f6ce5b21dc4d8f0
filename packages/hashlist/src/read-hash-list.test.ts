import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ListEntry, ListItem } from './list-item.js';
import { type ReadOptions, readHashList } from './read-hash-list.js';
import { writeCsv } from './write-csv.js';

const md5 = '0123456789abcdef0123456789abcdef';
const sha1 = `${md5}01234567`;
const sha256 = `${md5}${md5.replace('0', 'f')}`;
const pdq = 'd8f8f0cee0f4a84f0637022a078f67f0b36e2ed596621e1d33e6339c4e9c9b22';

const readAll = async (text: string | Uint8Array, options?: ReadOptions) => {
  const reading = readHashList(typeof text === 'string' ? Buffer.from(text) : text, options);
  const items: ListItem[] = [];
  for await (const item of reading) items.push(item);
  return { items, summary: reading.summary() };
};

const entriesOf = (items: readonly ListItem[]): readonly ListEntry[] =>
  items.flatMap((item) => (item.kind === 'entry' || item.kind === 'duplicate' ? [item.entry] : []));

const badOf = (items: readonly ListItem[]) =>
  items.flatMap((item) => (item.kind === 'bad' ? [[item.bad.line, item.bad.code]] : []));

const plain = (hashes: object, line: number, labels: object = {}) => ({ hashes, line, labels, flags: [] });

describe('CSV', () => {
  test('with a header takes the columns in any order and keeps the others as labels', async () => {
    const { items, summary } = await readAll(
      `Path,SHA-1,"MD5",pdq_hex,sha256\na.jpg,${sha1.toUpperCase()}, ${md5} ,${pdq},${sha256}\n`,
    );
    expect(entriesOf(items)).toEqual([plain({ sha1, md5, pdq, sha256 }, 2, { Path: 'a.jpg' })]);
    expect(summary).toMatchObject({ format: 'csv', entries: 1, bad: 0, kinds: { md5: 1, sha1: 1, sha256: 1, pdq: 1 } });
  });

  test('without a header tells MD5 and SHA-1 by their length, and 64 digits only when it is said what they are', async () => {
    const text = `${md5}\n${sha1}\n${sha256}\n`;
    const { items } = await readAll(text);
    expect(entriesOf(items)).toEqual([plain({ md5 }, 1), plain({ sha1 }, 2)]);
    expect(badOf(items)).toEqual([[3, 'ambiguous-hash']]);
    expect(entriesOf((await readAll(text, { hex64: 'pdq' })).items).at(-1)).toEqual(plain({ pdq: sha256 }, 3));
    expect(entriesOf((await readAll(text, { hex64: 'sha256' })).items).at(-1)).toEqual(plain({ sha256 }, 3));
  });

  test.each([
    ['with a header', `hash,quality,path\n${pdq},100,a.jpg\n`, 2, { path: 'a.jpg' }],
    ['without one', `${pdq},100,a.jpg\n`, 1, { 'column 1': 'a.jpg' }],
  ])('as the PDQ programs print it, %s, is PDQ with its quality', async (_, text, line, labels) => {
    expect(entriesOf((await readAll(text)).items)).toEqual([{ ...plain({ pdq }, line, labels), pdqQuality: 100 }]);
  });

  test('with a column that names the kind goes by it', async () => {
    const { items } = await readAll(`hash_value;algorithm\n${sha256};SHA-256\n${pdq};ImagePDQ\n${md5};CRC\n`);
    expect(entriesOf(items)).toEqual([plain({ sha256 }, 2), plain({ pdq }, 3)]);
    expect(badOf(items)).toEqual([[4, 'unknown-kind']]);
  });

  test('keeps each bad line with its number and reason, and reads the rest', async () => {
    const lines = [
      'md5,note',
      `${md5},good`,
      'xyz,bad',
      ',empty',
      `${md5}0,long`,
      `${md5},too,many`,
      '',
      `"${md5},open`,
      `${sha1.slice(0, 32).replace('0', '1')},good`,
    ];
    const { items, summary } = await readAll(lines.join('\r\n'));
    expect(badOf(items)).toEqual([
      [3, 'malformed-hash'],
      [4, 'no-hash'],
      [5, 'malformed-hash'],
      [6, 'malformed-line'],
      [8, 'malformed-line'],
    ]);
    expect(entriesOf(items).map(({ line }) => line)).toEqual([2, 9]);
    expect(summary).toMatchObject({ entries: 2, bad: 5 });
  });

  test('keeps line numbers right over cells with line breaks, comments and empty lines', async () => {
    const { items } = await readAll(
      `# made by hand\nmd5,note\n\n${md5},"two\nlines"\n# more\n${md5.replace('0', '1')},x\n`,
    );
    expect(entriesOf(items).map(({ line, labels }) => [line, labels.note])).toEqual([
      [4, 'two\nlines'],
      [7, 'x'],
    ]);
  });

  test('a quote that is never closed costs its own line only', async () => {
    const numbered = Array.from({ length: 200 }, (_, at) => `${at.toString(16).padStart(32, '0')},x`);
    const { items } = await readAll(['md5,note', `${md5},"open`, ...numbered].join('\n'));
    expect(badOf(items)).toEqual([[2, 'malformed-line']]);
    expect(entriesOf(items).length).toBe(200);
  });

  test('a line of megabytes is bad and is not kept', async () => {
    const { items } = await readAll(`md5,note\n${md5},${'x'.repeat(2_000_000)}\n${md5},y\n`);
    expect(badOf(items)).toEqual([[2, 'malformed-line']]);
    expect(items.find((item) => item.kind === 'bad')?.bad.text.length).toBeLessThan(300);
    expect(entriesOf(items).length).toBe(1);
  });

  test('counts an entry that comes again and says which it is', async () => {
    const { items, summary } = await readAll(`md5,note\n${md5},a\n${md5.toUpperCase()},b\n`);
    expect(items.map(({ kind }) => kind)).toEqual(['entry', 'duplicate']);
    expect(summary).toMatchObject({ entries: 1, duplicates: 1 });
  });

  test('flags PDQ that says nothing: low quality, and one pattern all over', async () => {
    const { items, summary } = await readAll(
      `pdq,quality\n${pdq},49\n${pdq.replace('d', 'e')},50\n${'0'.repeat(64)},100\n${'a5a5'.repeat(16)},\n${pdq},101\n`,
    );
    expect(entriesOf(items).map(({ flags }) => flags)).toEqual([
      ['pdq-low-quality'],
      [],
      ['pdq-constant'],
      ['pdq-constant'],
    ]);
    expect(badOf(items)).toEqual([[6, 'malformed-quality']]);
    expect(summary.flags).toEqual({ 'pdq-low-quality': 1, 'pdq-constant': 2 });
  });

  test('in UTF-16 with a byte order mark reads like in UTF-8', async () => {
    const text = `\ufeffmd5,note\r\n${md5},ñandú\r\n`;
    const expected = [plain({ md5 }, 2, { note: 'ñandú' })];
    expect(entriesOf((await readAll(Buffer.from(text, 'utf16le'))).items)).toEqual(expected);
    expect(entriesOf((await readAll(text)).items)).toEqual(expected);
  });

  const reference = fileURLToPath(new URL('../../../../shared/fixtures/pdq/reference.csv', import.meta.url));
  test.skipIf(!existsSync(reference))('of the PDQ reference vectors is read without a bad line', async () => {
    const { summary } = await readAll(readFileSync(reference));
    expect(summary).toMatchObject({ format: 'csv', bad: 0, withdrawn: 0 });
    expect(summary.entries + summary.duplicates).toBeGreaterThan(30);
  });
});

describe('JSON', () => {
  const [one, two] = [
    { md5, note: 'a, [b] "c"' },
    { hash: sha1, nested: { deep: [1, ']'] } },
  ];
  const expected = [plain({ md5 }, 1, { note: 'a, [b] "c"' }), plain({ sha1 }, 1, { nested: '{"deep":[1,"]"]}' })];

  test.each([
    ['an array', JSON.stringify([one, two])],
    [
      'an object with entries',
      JSON.stringify({ name: '"entries": [', tags: [[1]], entries: [one, two], more: { a: [] } }),
    ],
  ])('as %s', async (_, text) => {
    const { items, summary } = await readAll(text);
    expect(entriesOf(items)).toEqual(expected);
    expect(summary).toMatchObject({ format: 'json', entries: 2, bad: 0 });
  });

  test('one value a line', async () => {
    const { items, summary } = await readAll(`${JSON.stringify(one)}\n\n{"md5":\n"${sha1}"\n`);
    expect(entriesOf(items)).toEqual([expected[0], plain({ sha1 }, 4)]);
    expect(badOf(items)).toEqual([[3, 'malformed-line']]);
    expect(summary.format).toBe('jsonl');
  });

  test('with a bad element reads the others, and tells its line', async () => {
    const { items } = await readAll(`[\n"${md5}",\n7,\n{"md5": x},\n{"md5": null},\n"${sha1}"\n]\n`);
    expect(badOf(items)).toEqual([
      [3, 'malformed-line'],
      [4, 'malformed-line'],
      [5, 'no-hash'],
    ]);
    expect(entriesOf(items).map(({ line }) => line)).toEqual([2, 6]);
  });

  test.each([
    `["${md5}"`,
    `["${md5}"]]`,
    `{"entries":["${md5}"]`,
    `{"list":["${md5}"]}`,
    `["${md5}"] x`,
    `["${'x'.repeat(300_000)}"]`,
  ])('that breaks off or goes on is refused: %.30s', async (text) => {
    await expect(readAll(text, { format: 'json' })).rejects.toMatchObject({ name: 'HashListError' });
  });

  test('does not keep PhotoDNA', async () => {
    expect(entriesOf((await readAll(JSON.stringify([{ MD5: md5, PhotoDNA: 'abc' }]))).items)).toEqual([
      plain({ md5 }, 1),
    ]);
  });
});

describe('sums', () => {
  test('of the GNU and the BSD programs', async () => {
    const text = [
      `${md5}  two words.jpg`,
      `${sha1} *binary.jpg`,
      `\\${md5.replace('0', '1')}  new\\nline\\\\.jpg`,
      `SHA256 (a (1).jpg) = ${sha256}`,
      `${sha256.replace('0', '1')}  b.jpg`,
      'no sum at all',
      '',
    ].join('\n');
    const { items, summary } = await readAll(text);
    expect(entriesOf(items)).toEqual([
      plain({ md5 }, 1, { name: 'two words.jpg' }),
      plain({ sha1 }, 2, { name: 'binary.jpg' }),
      plain({ md5: md5.replace('0', '1') }, 3, { name: 'new\nline\\.jpg' }),
      plain({ sha256 }, 4, { name: 'a (1).jpg' }),
      plain({ sha256: sha256.replace('0', '1') }, 5, { name: 'b.jpg' }),
    ]);
    expect(badOf(items)).toEqual([[6, 'malformed-line']]);
    expect(summary.format).toBe('sums');
  });
});

test('a source without content is an empty list', async () => {
  for (const text of ['', '\n\n', '\ufeff']) {
    expect(await readAll(text)).toMatchObject({ items: [], summary: { format: undefined, entries: 0 } });
  }
});

test('what is no text is refused', async () => {
  await expect(readAll(Buffer.of(0xff, 0xd8, 0xff, 0xe0, 0, 0x10))).rejects.toMatchObject({ code: 'unknown-format' });
});

test('a list reads the same however it is cut into chunks', async () => {
  const texts = [
    `hash,quality,"pa\r\nth"\r\n${pdq},100,"a\r\nñ""b"\r\n\r\n${pdq.replace('d', 'e')},3,x\r`,
    JSON.stringify([{ md5, note: 'ñ "\\' }, sha1, 5]),
    `${md5}  ñ.jpg\n${sha1}  b\r\n`,
  ];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...texts), fc.integer({ min: 1, max: 20 }), async (text, size) => {
      const bytes = Buffer.from(text);
      const chunks = async function* () {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      };
      const cut: ListItem[] = [];
      for await (const item of readHashList(chunks())) cut.push(item);
      expect(cut).toEqual((await readAll(text)).items);
    }),
  );
});

describe('written as CSV', () => {
  const digits = (count: number) =>
    fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), minLength: count, maxLength: count });
  const label = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 20 })
    .filter((text) => !text.includes('\0') && !/\p{Cs}/u.test(text));
  const entry = fc
    .tuple(
      fc.record({ md5: digits(32), sha1: digits(40), sha256: digits(64), pdq: digits(64) }, { requiredKeys: [] }),
      fc.option(fc.integer({ min: 50, max: 100 }), { nil: undefined }),
      fc.record({ path: label, 'class, of "it"': label }, { requiredKeys: [] }),
    )
    .filter(([hashes]) => Object.keys(hashes).length > 0 && !/^(.{4})\1{15}$/.test(hashes.pdq ?? ''))
    .map(([hashes, pdqQuality, labels]) => ({
      hashes,
      ...(pdqQuality !== undefined && { pdqQuality }),
      labels,
      flags: [],
    }));

  test('entries read back the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 8 }), async (entries) => {
        const given = entries.map((each) => ({ ...each, line: 0 }) as unknown as ListEntry);
        let text = '';
        for await (const line of writeCsv(given, ['path', 'class, of "it"'])) text += line;
        const { items, summary } = await readAll(text);
        expect(entriesOf(items).map((each) => ({ ...each, line: 0 }))).toEqual(given);
        expect(summary.bad).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  test.each([[['md5']], [['']], [['a', 'a']], [[' a']]])('labels called %j are refused', async (labels) => {
    await expect(writeCsv([], labels).next()).rejects.toMatchObject({ code: 'unwritable' });
  });
});
