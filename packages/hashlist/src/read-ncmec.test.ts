import { expect, test } from 'vitest';
import type { ListItem } from './list-item.js';
import { readHashList } from './read-hash-list.js';

const md5 = '0123456789abcdef0123456789abcdef';
const sha1 = `${md5}01234567`;
const pdq = 'd8f8f0cee0f4a84f0637022a078f67f0b36e2ed596621e1d33e6339c4e9c9b22';
const open = '<queryResult xmlns="https://hashsharing.ncmec.org/hashsharing/v2">';

const page = `<?xml version="1.0" encoding="UTF-8"?>
${open}
  <images count="3" maxTimestamp="2026-03-01T00:00:05Z">
    <image>
      <member id="42">Example &amp; Co</member><timestamp>2026-03-01T00:00:05Z</timestamp><id>img-1</id>
      <classification>A1</classification>
      <fingerprints><md5>${md5.toUpperCase()}</md5><sha1>${sha1}</sha1><pdna>AAECAw==</pdna><pdq>${pdq}</pdq></fingerprints>
      <feedback>
        <negativeFeedback type="MD5" lastUpdateTimestamp="2026-02-01T00:00:00Z"><members><member id="7">Other</member></members></negativeFeedback>
        <negativeFeedback type="PDQ"/>
        <affirmativeFeedback type="SHA1"/>
      </feedback>
    </image>
    <image><member id="42"/><timestamp>2026-03-01T00:00:02Z</timestamp><id>img-2</id><fingerprints><pdna>AAECAw==</pdna></fingerprints></image>
    <deletedImage><member id="42">Example</member><timestamp>2026-03-01T00:00:04Z</timestamp><id>img-0</id></deletedImage>
  </images>
  <videos count="1" maxTimestamp="2026-03-01T00:00:09Z">
    <video><member id="43">Other</member><timestamp>2026-03-01T00:00:09Z</timestamp><id>vid-1</id>
      <fingerprints><md5>${md5.replace('0', '1')}</md5><tmk-pdqf rel="x" href="/v2/entries/43/vid-1/fingerprints/TMK_PDQF"/></fingerprints></video>
  </videos>
  <paging><next>/v2/entries?from=2026-01-01T00:00:00Z&amp;start=1001&amp;size=1000&amp;max=2500</next></paging>
</queryResult>
`;

const readAll = async (text: string) => {
  const reading = readHashList(Buffer.from(text));
  const items: ListItem[] = [];
  for await (const item of reading) items.push(item);
  return { items, summary: reading.summary() };
};

test('a page of NCMEC is read with submitter, classification, feedback, withdrawals and the way on', async () => {
  const { items, summary } = await readAll(page);
  expect(items).toEqual([
    {
      kind: 'entry',
      entry: {
        hashes: { md5, sha1, pdq },
        line: 4,
        labels: {
          media: 'image',
          member: '42',
          memberName: 'Example & Co',
          timestamp: '2026-03-01T00:00:05Z',
          id: 'img-1',
          classification: 'A1',
          negativeFeedback: 'MD5,PDQ',
          affirmativeFeedback: 'SHA1',
        },
        flags: [],
      },
    },
    { kind: 'bad', bad: expect.objectContaining({ line: 14, code: 'no-hash' }) },
    {
      kind: 'withdrawn',
      withdrawal: {
        line: 15,
        labels: { media: 'image', member: '42', memberName: 'Example', timestamp: '2026-03-01T00:00:04Z', id: 'img-0' },
      },
    },
    { kind: 'entry', entry: expect.objectContaining({ hashes: { md5: md5.replace('0', '1') }, line: 18 }) },
  ]);
  expect(summary).toEqual({
    format: 'ncmec-v2',
    entries: 2,
    duplicates: 0,
    withdrawn: 1,
    bad: 1,
    kinds: { md5: 2, sha1: 1, sha256: 0, pdq: 1 },
    flags: { 'pdq-low-quality': 0, 'pdq-constant': 0 },
    page: {
      maxTimestamp: '2026-03-01T00:00:09Z',
      next: '/v2/entries?from=2026-01-01T00:00:00Z&start=1001&size=1000&max=2500',
    },
  });
});

test('the last page has no way on', async () => {
  const { summary } = await readAll(`${open}<images count="0"/><videos count="0"/></queryResult>`);
  expect(summary.page).toEqual({});
});

test('the namespace counts, not its prefix', async () => {
  const prefixed = page.replaceAll(/<(\/?)(?=[a-zA-Z])/g, '<$1n:').replace('xmlns=', 'xmlns:n=');
  expect((await readAll(prefixed)).items).toEqual((await readAll(page)).items);
});

test.each([
  [
    'a document type',
    `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${page.slice(page.indexOf('\n') + 1)}`,
    'dtd-refused',
  ],
  ['an unknown entity', page.replace('A1', '&a;'), 'malformed-document'],
  ['no end', page.slice(0, -20), 'malformed-document'],
  ['an open element', page.replace('</md5>', ''), 'malformed-document'],
  ['another root', page.replaceAll('queryResult', 'members'), 'unknown-format'],
  ['another namespace', page.replace('/v2"', '/v1"'), 'unknown-format'],
  ['deep nesting', page.replace('<pdna>', `${'<x>'.repeat(20)}`), 'malformed-document'],
  ['a value of megabytes', page.replace('A1', 'A'.repeat(3_000_000)), 'too-long'],
  ['a comment of megabytes', page.replace('<paging>', `<!-- ${'A'.repeat(3_000_000)}`), 'too-long'],
])('a page with %s is refused', async (_, text, code) => {
  await expect(readAll(text)).rejects.toMatchObject({ code });
});
