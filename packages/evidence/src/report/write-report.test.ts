import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { PersonId } from '@tutela/policy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Contents, ExportRequest } from '../format/index.js';
import { formatCanonicalFile, parseContents } from '../format/index.js';
import { instant, minimalCase, richCase } from '../material/sample-case.test-support.js';
import { languages } from './messages/messages.js';
import type { ReportInput } from './report-input.js';
import { writeReport } from './write-report.js';

const run = promisify(execFile);
const has = (tool: string): boolean => spawnSync(tool, ['--version']).error === undefined;

let folder: string;
let input: ReportInput;
let contents: Contents;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela-report-'));
  const material = await richCase();
  const request: ExportRequest = {
    v: 1,
    id: 'request-1',
    action: 'package.export',
    requestedBy: 'staff-3' as PersonId,
    reason: 'For the prosecutor, file 2026/318',
    requestedAt: instant('2026-03-20T09:00:00Z'),
    expiresAt: instant('2026-03-21T09:00:00Z'),
    content: {
      package: 'package-2026-0117',
      case: material.case.ref,
      recipients: [{ name: 'Prosecutor’s office 2', age: 'age1…' }],
      items: [],
      exclusions: [
        { id: 'item-9', reason: 'outside of the period of the warrant' },
        { id: 'item-10', reason: 'correspondence with counsel, withheld by the filter team' },
      ],
      events: 'all',
    },
  };
  contents = {
    v: 1,
    package: request.content.package,
    case: material.case.ref,
    request: 'a'.repeat(64),
    createdAt: instant('2026-03-20T10:00:00Z'),
    software: { name: 'tutela', version: '0.1.0' },
    files: [
      {
        path: 'data/items/item-1/IMG_0001.jpg.age',
        bytes: '1234',
        sha256: 'b'.repeat(64),
        role: 'original',
        item: 'item-1',
        plain: { sha256: 'c'.repeat(64), bytes: '1000' },
      },
      { path: 'verify.html', bytes: '10', sha256: 'd'.repeat(64), role: 'verifier' },
      { path: 'verify.mjs', bytes: '10', sha256: 'e'.repeat(64), role: 'verifier' },
    ],
  };
  input = {
    material,
    request,
    requestDigest: 'a'.repeat(64),
    approvals: [
      { name: 'A. Acosta <&> 山', at: instant('2026-03-20T09:30:00Z') },
      { name: 'B. Brítez', at: instant('2026-03-20T09:40:00Z') },
    ],
    createdAt: contents.createdAt,
    software: contents.software,
    files: contents.files,
  };
});
afterAll(() => rm(folder, { recursive: true }));

const saved = async (name: string, bytes: Buffer): Promise<string> => {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  return file;
};

describe.each(languages)('the report in %s', (language) => {
  test('is the same bytes each time', async () => {
    const again = await writeReport(language, input, contents);
    expect((await writeReport(language, input, contents)).equals(again)).toBe(true);
  });

  test('says of itself that it is PDF/A-3b, with fonts and colours inside', async () => {
    const text = (await writeReport(language, input, contents)).toString('latin1');
    expect(text).toContain('<pdfaid:part>3</pdfaid:part>');
    expect(text).toContain('<pdfaid:conformance>B</pdfaid:conformance>');
    expect(text).toContain('/OutputIntents');
    expect(text).toContain('/FontFile2');
    expect(text).toContain('/AFRelationship /Source');
    expect(text).toContain(`/Lang (${language})`);
  });

  test.skipIf(!has('qpdf'))(
    'is sound, and holds the list of the other files (skipped: qpdf is not there)',
    async () => {
      const file = await saved(`${language}.pdf`, await writeReport(language, input, contents));
      const { stdout } = await run('qpdf', ['--check', file]);
      expect(stdout).toContain('No syntax or stream encoding errors found');
      const attached = spawnSync('qpdf', ['--show-attachment=contents-without-reports.json', file]);
      expect(attached.stdout.equals(Buffer.from(formatCanonicalFile(contents as never)))).toBe(true);
      expect(parseContents(attached.stdout)).toMatchObject({ kind: 'done' });
    },
  );
});

const needed: Readonly<Record<(typeof languages)[number], readonly string[]>> = {
  en: [
    'A subscriber is not a user.',
    'Exactly one line held the address in question during the whole time asked about',
    'ended 310 s before the time asked about; the next one begins 1824 s after it',
    'This is not the answer that nobody had it.',
    'allowed: an authority in force grants this step for this object',
    'not allowed: the time is outside of the authority',
  ],
  es: ['Un abonado no es un usuario.', 'Exactamente una línea tuvo la dirección', 'terminó 310 s antes'],
  pt: ['Um assinante não é um usuário.', 'Exatamente uma linha teve o endereço', 'terminou 310 s antes'],
};

describe.skipIf(!has('pdftotext'))('what can be read of a report (skipped: pdftotext is not there)', () => {
  const textOf = async (bytes: Buffer): Promise<string> => {
    const file = await saved('text.pdf', bytes);
    const { stdout } = await run('pdftotext', ['-raw', file, '-']);
    return stdout.replaceAll(/\s+/g, ' ');
  };

  test.each(languages)('in %s is every fact of the case', async (language) => {
    const text = await textOf(await writeReport(language, input, contents));
    const { items, exhibits = [] } = input.material;
    for (const fact of [
      ...needed[language],
      'Unit 7 · Fiscalía Ñandutí',
      'A. Acosta <&> ⟨U+5C71⟩',
      'data/items/item-1/IMG_0001.jpg.age',
      '192.0.2.7',
      'outside of the period of the warrant',
      'Criminal Code s. 487',
      'd'.repeat(64),
      ...items.flatMap(({ digests }) => [digests.sha256, digests.sha1 ?? '']),
      ...exhibits.map(({ id, description }) => `${id} · ${description}`),
    ]) {
      expect(text).toContain(fact);
    }
    expect(text).not.toMatch(/\{\w+\}|undefined|\[object/);
  });

  test('of a minimal case says what is not there', async () => {
    const text = await textOf(await writeReport('en', { ...input, material: minimalCase() }, contents));
    for (const key of ['no exhibits', 'no events of custody', 'no reports', 'no chronology', 'no orders']) {
      expect(text).toContain(key);
    }
  });
});

test('a picture that cannot be drawn ends the report, and is not left out silently', async () => {
  const [item] = input.material.items;
  if (item === undefined) throw new Error('no item');
  const material = { ...input.material, items: [{ ...item, thumbnail: Buffer.from('no picture') }] };
  await expect(writeReport('en', { ...input, material }, contents)).rejects.toThrow();
});
