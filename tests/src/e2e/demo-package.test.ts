import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '@tutela/db';
import { opensslAtHand } from '@tutela/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tutela } from './tutela-process.js';

let base: string;
let data: string;
let demonstrated: Awaited<ReturnType<typeof tutela>>;
beforeAll(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'tutela-demo-'));
  data = path.join(base, 'data');
  demonstrated = await tutela(['start', '--once', '--port', '0', '--data', data]);
}, 180_000);
afterAll(() => rm(base, { recursive: true, force: true }));

const inData = (...names: readonly string[]): string => path.join(data, ...names);
const run = (...args: readonly string[]) => tutela([...args, '--data', data]);
const people = (name: string): string => inData('demonstration-case', 'people', name);
const approve = (request: string, person: string) =>
  run('approval', 'approve', request, '--key', people(`${person}.key`), '--passphrase-file', people('passphrase.txt'));
const ask = async (args: readonly string[]): Promise<string> => {
  const asked = await run(...args);
  expect(asked).toMatchObject({ code: 0 });
  return (asked.stdout.split('\n')[0] ?? '').trim();
};
/** What the database gives away of what events of the case say, by the type of the event. */
const readable = async (folder: string): Promise<readonly string[]> => {
  const database = await openDatabase({ dataFolder: folder });
  const { rows } = await sql<{ type: string }>`
    select event.entry::jsonb ->> 'type' as type from ledger.event join ledger.opening on event_id = event.id
     where event.entry::jsonb ->> 'caseRef' = 'DEMO-1' and (payload is not null or key is not null)
     order by event.seq`.execute(database.db);
  await database.close();
  return rows.map(({ type }) => type);
};

describe('the demonstration’s package', () => {
  test.skipIf(opensslAtHand === 'missing')(
    'is verified, and the line that tells of it says what its time-stamp is worth',
    async () => {
      expect(demonstrated).toMatchObject({ code: 0 });
      expect(demonstrated.stdout).toMatch(
        /evidence package: .*DEMO-1-package .*: verified, .*proves nothing to a court/,
      );
      const trust = inData('demonstration-case', 'trust.json');
      for (const form of ['', '.zip']) {
        const checked = await tutela([
          'package',
          'verify',
          inData('packages', `DEMO-1-package${form}`),
          '--trust',
          trust,
        ]);
        expect(checked).toMatchObject({ code: 0 });
      }
    },
  );

  test('carries the order that the provider desk answered over HTTP, and the answer, as documents and as records that name nobody', async () => {
    expect(demonstrated.stdout).toMatch(
      /^order .* to demo-provider: 198\.51\.100\.23 port 51344 .*: EXACT_ONE, .* s before, /m,
    );
    const records = async (name: string) => {
      const text = await readFile(inData('packages/DEMO-1-package/data/records', `${name}.json`), 'utf8');
      expect(text).not.toContain('Invented Subscriber');
      return (JSON.parse(text) as { readonly records: readonly { readonly documentSha256: string }[] }).records;
    };
    const [orders, answers] = [await records('orders'), await records('answers')];
    expect(orders).toMatchObject([{ id: 'order-1', kind: 'production-order', disclosure: 'identity' }]);
    expect(answers[0]).toMatchObject({
      order: 'order-1',
      outcome: 'EXACT_ONE',
      margin: { beforeSeconds: expect.any(Number), afterSeconds: expect.any(Number) },
      subscriber: 'subscriber-1',
      caveats: ['SUBSCRIBER_IS_NOT_USER'],
    });
    const listed = JSON.parse(await readFile(inData('packages/DEMO-1-package/data/contents.json'), 'utf8')) as object;
    for (const { documentSha256 } of [...orders, ...answers]) expect(JSON.stringify(listed)).toContain(documentSha256);
  });

  test('is one of two that the case can have: drafted by one, approved by two, exported, and no item without a reason', async () => {
    const by = ['--by', 'demo-investigator', '--reason', 'a second one'];
    const request = await ask([
      'package',
      'draft',
      'DEMO-1',
      '--name',
      'second',
      ...by,
      '--unencrypted',
      '--leave-out',
      'report-1-file-1=not asked for',
    ]);
    const early = await run('package', 'export', 'second');
    expect([early.code === 0, early.stderr]).toEqual([false, expect.stringContaining('0 of 2 have approved it')]);
    await approve(request, 'demo-approver-1');
    await approve(request, 'demo-approver-2');
    const exported = await run('package', 'export', 'second', '--json');
    expect(exported).toMatchObject({ code: 0 });
    const { package: made } = JSON.parse(exported.stdout) as {
      readonly package: { readonly missing: readonly { readonly what: string }[] };
    };
    expect(made.missing.map(({ what }) => what)).toEqual(['time-stamp']);
    const asked = JSON.parse(await readFile(inData('packages/second/data/request.json'), 'utf8')) as {
      readonly content: { readonly items: readonly { readonly id: string }[]; readonly exclusions: readonly object[] };
    };
    expect(asked.content.items.map(({ id }) => id)).toEqual([
      'report-1-document',
      'order-1-document',
      'order-1-answer',
    ]);
    expect(asked.content.exclusions).toEqual([{ id: 'report-1-file-1', reason: 'not asked for' }]);
    const again = await run('package', 'export', 'second', '--json');
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(exported.stdout));
    expect(JSON.parse((await run('package', 'list', '--json')).stdout).packages).toHaveLength(2);
  }, 120_000);
});

test('after the case is shredded nothing that its events said can be read, from a restored backup neither, and the ledger is intact', async () => {
  expect(await readable(data)).toEqual([]);
  const backup = path.join(base, 'backup');
  // The server ends some seconds after its last user: until then its files come and go.
  while (existsSync(inData('postgres', 'postmaster.pid'))) await sleep(100);
  await cp(data, backup, { recursive: true, filter: (file) => !path.basename(file).includes('.s.PGSQL') });

  const request = await ask(['vault', 'ask-shred', 'DEMO-1', '--by', 'demo-investigator', '--reason', 'demonstration']);
  await approve(request, 'demo-approver-1');
  await approve(request, 'demo-approver-2');
  const shredded = await run(
    'vault',
    'shred',
    'DEMO-1',
    '--approval',
    request,
    '--certificate',
    path.join(base, 'certificate.json'),
  );
  expect(shredded).toMatchObject({ code: 0 });
  expect(await readable(data)).toEqual(['vault.shredding-ordered', 'vault.case-shredded']);
  const checked = await run('ledger', 'check', '--json');
  const report = JSON.parse(checked.stdout) as {
    readonly verdict: string;
    readonly counts: { readonly shredded: number };
  };
  expect([checked.code, report.verdict]).toEqual([0, 'intact']);
  expect(report.counts.shredded).toBeGreaterThan(20);
  const draft = [
    'package',
    'draft',
    'DEMO-1',
    '--name',
    'third',
    '--by',
    'demo-investigator',
    '--reason',
    'none',
    '--unencrypted',
  ];
  expect((await run(...draft)).stderr).toContain('case-shredded');

  // Objects and database come back from the backup; keys are backed up for days only, and come from today.
  await rm(path.join(backup, 'case-keys'), { recursive: true });
  await cp(inData('case-keys'), path.join(backup, 'case-keys'), { recursive: true });
  expect(await readable(backup)).toEqual([]);
  const restored = await tutela([
    'package',
    'draft',
    'DEMO-1',
    '--name',
    'fourth',
    ...draft.slice(5),
    '--data',
    backup,
  ]);
  expect(restored.code).not.toBe(0);
}, 180_000);
