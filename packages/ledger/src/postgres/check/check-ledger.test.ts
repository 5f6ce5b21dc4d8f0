import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '../../node-crypto.js';
import { noteKey } from '../../note/note-key.js';
import { openTestLedger, type TestLedger } from '../ledger-database.test-support.js';
import { readHead } from '../stored-tree.js';
import { ledgerTables } from '../tables.js';
import { checkLedger } from './check-ledger.js';
import { bringBackCopies, keepCopies } from './copies.test-support.js';
import type { Finding } from './report.js';

let ledger: TestLedger;
let firstHead: string;
let lastHead: string;

const headNote = async (): Promise<string> => (await readHead(ledgerTables(ledger.db)))?.note ?? '';

/** Leaves 0 to 399 of things 0 to 399 under three heads (1, 300, 400), and two pending events. */
beforeAll(async () => {
  ledger = await openTestLedger();
  const write = (from: number, to: number) =>
    ledger.act(
      ...Array.from({ length: to - from }, (_, at) => ({
        thing: from + at,
        word: `word ${from + at}`,
        caseRef: `case-${at % 3}`,
      })),
    );
  await write(0, 1);
  await ledger.sequence();
  firstHead = await headNote();
  await write(1, 300);
  await ledger.sequence();
  await write(300, 400);
  await ledger.sequence();
  lastHead = await headNote();
  await write(400, 402);
  await keepCopies(ledger);
});
beforeEach(() => bringBackCopies(ledger));
afterAll(() => ledger.scratch.close());

test('a ledger as it was written is intact, and the report counts it', async () => {
  const report = await checkLedger(ledger.db, { publicKeys: [ledger.key], headsKeptElsewhere: [firstHead, lastHead] });
  expect(report).toEqual({
    verdict: 'intact',
    counts: {
      leaves: 400,
      pending: 2,
      checkpoints: 3,
      cosignatures: 0,
      cosignaturesWithoutKey: 0,
      timestamps: 0,
      timestampsWithoutRoot: 0,
      sealed: 0,
      shredded: 0,
      rowsCompared: 402,
      findings: 0,
    },
    size: '400',
    findings: [],
  });
});

const event = (index: number) => `(select event_id from ledger.leaf where index = ${index})`;
const stranger = `'00000000-0000-4000-8000-000000000000'`;
/** What somebody can say who takes care that it fits: a new entry with its leaf hash. */
const rewrittenEntry = `
  update ledger.event set entry = replace(entry, '"actor":"test"', '"actor":"evil"') where id = ${event(0)};
  update ledger.leaf set hash = sha256(convert_to(chr(1), 'UTF8')) where index = 0`;

const damages: readonly (readonly [string, string, readonly Partial<Finding>[]])[] = [
  // The log
  [
    'an edited entry',
    `update ledger.event set entry = replace(entry, '"actor":"test"', '"actor":"evil"') where id = ${event(7)}`,
    [{ kind: 'entry-altered', index: '7' }],
  ],
  [
    'a deleted event',
    `delete from ledger.event where id = ${event(7)}`,
    [{ kind: 'event-missing', index: '7' }, { kind: 'opening-of-no-event' }, { kind: 'effects-of-no-event' }],
  ],
  [
    'an edited leaf',
    `update ledger.leaf set hash = sha256('x') where index = 350`,
    [
      { kind: 'entry-altered', index: '350' },
      { kind: 'root-differs', size: '400', from: '300' },
    ],
  ],
  [
    'two leaves exchanged',
    `update ledger.leaf set index = 999 where index = 5; update ledger.leaf set index = 5 where index = 6; update ledger.leaf set index = 6 where index = 999`,
    [{ kind: 'root-differs', size: '300', from: '1' }],
  ],
  ['a deleted leaf', 'delete from ledger.leaf where index = 310', [{ kind: 'leaf-missing', from: '310', to: '311' }]],
  [
    'a leaf that belongs to another event',
    `update ledger.leaf set event_id = ${stranger} where index = 7`,
    [{ kind: 'event-missing', index: '7' }],
  ],
  [
    'leaves cut off at the end',
    'delete from ledger.leaf where index >= 390',
    [{ kind: 'head-beyond-leaves', size: '400' }],
  ],
  [
    'an added leaf',
    `insert into ledger.leaf values (400, ${stranger}, sha256('x'), null, null, null)`,
    [
      { kind: 'leaf-beyond-head', from: '400', to: '401' },
      { kind: 'event-missing', index: '400' },
    ],
  ],
  [
    'a changed place in a case',
    `update ledger.leaf set case_seq = 999 where index = 7`,
    [
      { kind: 'case-chain-broken', index: '7' },
      { kind: 'entry-altered', index: '7' },
    ],
  ],
  [
    'an edited subtree',
    `update ledger.subtree set hash = sha256('x')`,
    [{ kind: 'subtree-altered', level: 1, index: '0' }],
  ],
  [
    'an added subtree',
    `insert into ledger.subtree values (1, 1, sha256('x'))`,
    [{ kind: 'subtree-altered', level: 1, index: '1' }],
  ],
  ['an emptied log', 'truncate ledger.leaf', [{ kind: 'head-beyond-leaves', size: '1' }]],
  ['no subtrees', 'truncate ledger.subtree', [{ kind: 'subtree-missing', level: 1, index: '0' }]],
  ['no events', 'truncate ledger.event', [{ kind: 'event-missing', index: '0' }]],
  ['no openings', 'truncate ledger.opening', [{ kind: 'opening-missing' }]],
  ['no effects', 'truncate ledger.effect', [{ kind: 'effects-altered' }]],
  ['a log rewritten so that entry and leaf fit', rewrittenEntry, [{ kind: 'root-differs', size: '1', from: '0' }]],
  // Heads
  ['no heads', 'truncate ledger.checkpoint', [{ kind: 'leaf-beyond-head', from: '0', to: '400' }]],
  [
    'the last head removed',
    'delete from ledger.checkpoint where size = 400',
    [{ kind: 'leaf-beyond-head', from: '300', to: '400' }],
  ],
  [
    'an edited root',
    `update ledger.checkpoint set root = sha256('x') where size = 300`,
    [
      { kind: 'head-unsigned', size: '300' },
      { kind: 'root-differs', size: '300', from: '1' },
    ],
  ],
  [
    'an edited signed text',
    `update ledger.checkpoint set note = replace(note, '300', '301') where size = 300`,
    [{ kind: 'head-unsigned', size: '300' }],
  ],
  [
    'the signed text of another head',
    `update ledger.checkpoint set note = (select note from ledger.checkpoint where size = 1) where size = 300`,
    [{ kind: 'head-unsigned', size: '300' }],
  ],
  [
    'an added head',
    `insert into ledger.checkpoint select 399, sha256('x'), note, now() from ledger.checkpoint where size = 400`,
    [
      { kind: 'head-unsigned', size: '399' },
      { kind: 'root-differs', size: '399', from: '300' },
    ],
  ],
  // What events say
  [
    'an edited payload',
    `update ledger.opening set payload = replace(payload, 'something', 'anything') where event_id = ${event(7)}`,
    [{ kind: 'opening-altered' }],
  ],
  [
    'an edited key',
    `update ledger.opening set key = sha256('x') where event_id = ${event(7)}`,
    [{ kind: 'opening-altered' }],
  ],
  ['a deleted opening', `delete from ledger.opening where event_id = ${event(7)}`, [{ kind: 'opening-missing' }]],
  [
    'an added opening',
    `insert into ledger.opening values (${stranger}, sha256('x'), '{}')`,
    [{ kind: 'opening-of-no-event' }],
  ],
  [
    'an edited effect',
    `update ledger.effect set row_key = '{"id": 9999}' where event_id = ${event(7)}`,
    [{ kind: 'effects-altered' }, { kind: 'row-without-event', key: '{"id": 7}' }],
  ],
  [
    'an effect that became a removal',
    `update ledger.effect set kind = 'gone' where event_id = ${event(7)}`,
    [{ kind: 'effects-altered' }],
  ],
  ['a deleted effect', `delete from ledger.effect where event_id = ${event(7)}`, [{ kind: 'effects-altered' }]],
  [
    'a second effect of an event',
    `insert into ledger.effect values (${event(7)}, 1, 'desk.thing', '{"id": 7}', 'gone')`,
    [{ kind: 'effects-altered' }],
  ],
  [
    'an effect of no event',
    `insert into ledger.effect values (${stranger}, 0, 'desk.thing', '{"id": 7}', 'gone')`,
    [{ kind: 'effects-of-no-event' }],
  ],
  [
    'an event of nobody',
    `insert into ledger.event (id, entry) values (${stranger}, '{}')`,
    [{ kind: 'entry-malformed' }, { kind: 'opening-missing' }],
  ],
  [
    'an event that gives itself a place in its case',
    `insert into ledger.event (id, entry) select ${stranger}, replace(entry, '"caseRef":"case-0"', '"caseRef":"case-0","caseSeq":1') from ledger.event where entry like '%"case-0"%' limit 1`,
    [{ kind: 'entry-malformed' }],
  ],
  [
    'a place in a case that cannot be',
    'alter table ledger.leaf drop constraint leaf_case_seq_check; update ledger.leaf set case_seq = -5 where index = 7',
    [
      { kind: 'case-chain-broken', index: '7' },
      { kind: 'entry-altered', index: '7' },
    ],
  ],
  [
    'an edited pending event',
    `update ledger.opening set key = sha256('x') where event_id in (select id from ledger.event where id not in (select event_id from ledger.leaf))`,
    [{ kind: 'opening-altered' }, { kind: 'opening-altered' }],
  ],
  // Rows of the domain
  [
    'an edited row',
    `update desk.thing set word = 'changed' where id = 7`,
    [{ kind: 'row-altered', table: 'desk.thing', key: '{"id": 7}' }],
  ],
  [
    'a row whose time moved by a microsecond',
    `update desk.thing set at = at + interval '1 microsecond' where id = 7`,
    [{ kind: 'row-altered', key: '{"id": 7}' }],
  ],
  [
    'a value that became null',
    'update desk.thing set bytes = null where id = 7',
    [{ kind: 'row-altered', key: '{"id": 7}' }],
  ],
  [
    'an edited row of a pending event',
    `update desk.thing set word = 'changed' where id = 401`,
    [{ kind: 'row-altered', key: '{"id": 401}' }],
  ],
  ['a deleted row', 'delete from desk.thing where id = 7', [{ kind: 'row-missing', key: '{"id": 7}' }]],
  [
    'another key',
    'update desk.thing set id = 7777 where id = 7',
    [
      { kind: 'row-missing', key: '{"id": 7}' },
      { kind: 'row-without-event', key: '{"id": 7777}' },
    ],
  ],
  [
    'an added row',
    `insert into desk.thing (id, word) values (5000, 'mine')`,
    [{ kind: 'row-without-event', key: '{"id": 5000}' }],
  ],
  [
    'a second row under the same key',
    `alter table desk.thing drop constraint thing_pkey; insert into desk.thing (id, word) values (7, 'mine')`,
    [{ kind: 'row-doubled', key: '{"id": 7}' }],
  ],
  ['no rows', 'truncate desk.thing', [{ kind: 'row-missing' }]],
  ['no table', 'drop table desk.thing', [{ kind: 'table-missing', table: 'desk.thing' }]],
  ['no column', 'alter table desk.thing drop column word', [{ kind: 'column-missing', column: 'word' }]],
  ['a key of another type', 'alter table desk.thing alter column id type text', [{ kind: 'row-without-event' }]],
];

describe('the check finds', () => {
  test.each(damages)('%s', async (_, statement, wanted) => {
    await ledger.tamper(statement);
    const findings = await ledger.findings();
    for (const finding of wanted) expect(findings).toContainEqual(expect.objectContaining(finding));
    expect(findings.length).toBeGreaterThan(0);
  });

  test.each([
    ['an edited entry', `update ledger.event set entry = replace(entry, 'thing-7', 'thing-8') where id = ${event(7)}`],
    ['an edited payload', `update ledger.opening set payload = '{}' where event_id = ${event(7)}`],
    ['an edited row', `update desk.thing set word = 'changed' where id = 7`],
    ['a deleted row', 'delete from desk.thing where id = 7'],
    ['an added row', `insert into desk.thing (id) values (5000)`],
  ])('%s and nothing else', async (_, statement) => {
    await ledger.tamper(statement);
    expect((await ledger.findings()).length).toBe(1);
  });

  test('everything rewritten with the key at hand, by a head kept elsewhere', async () => {
    await ledger.tamper('truncate ledger.leaf, ledger.checkpoint, ledger.subtree');
    await ledger.tamper(`delete from ledger.event where id in (select event_id from ledger.effect where row_key = '{"id": 7}');
      delete from ledger.opening where event_id not in (select id from ledger.event);
      delete from ledger.effect where event_id not in (select id from ledger.event);
      delete from desk.thing where id = 7`);
    await ledger.sequence();
    expect(await ledger.findings()).toEqual([]);
    expect(await ledger.findings({ headsKeptElsewhere: [firstHead] })).toEqual([]);
    const findings = await ledger.findings({ headsKeptElsewhere: [lastHead] });
    expect(findings).toMatchObject([{ kind: 'head-not-in-log', size: '400' }]);
  });

  test('a log cut at its end, by a head kept elsewhere', async () => {
    await ledger.tamper('delete from ledger.leaf where index >= 300; delete from ledger.checkpoint where size = 400');
    expect(await ledger.findings()).toEqual([]);
    expect(await ledger.findings({ headsKeptElsewhere: [lastHead] })).toMatchObject([
      { kind: 'head-not-in-log', why: 'the log is shorter' },
    ]);
  });

  test('heads that nobody known signed', async () => {
    const other = signerFromPem(ledger.key.name, newSigningKeyPem());
    const findings = await ledger.findings({ publicKeys: [noteKey(nodeHasher, other.name, other.publicKey)] });
    expect(findings.map(({ kind }) => kind)).toEqual(['head-unsigned', 'head-unsigned', 'head-unsigned']);
  });
});

test('only the newest effect on a row is compared, in the order of the log', async () => {
  await ledger.act({ thing: 7, word: 'second' });
  await ledger.act({ thing: 7, word: 'third' });
  expect(await ledger.findings()).toEqual([]);
  await ledger.sequence();
  expect(await ledger.findings()).toEqual([]);
  // The order of writing says nothing once the log has its own.
  await ledger.tamper(
    'alter table ledger.event alter seq drop identity; update ledger.event set seq = 100000 - seq; alter table ledger.event alter seq add generated always as identity',
  );
  expect(await ledger.findings()).toEqual([]);
  await sql`update desk.thing set word = 'second' where id = 7`.execute(ledger.db);
  expect(await ledger.findings()).toMatchObject([{ kind: 'row-altered', key: '{"id": 7}' }]);
});

test('findings are all counted and only the first ones named', async () => {
  await ledger.tamper('truncate desk.thing');
  const report = await checkLedger(ledger.db, { publicKeys: [ledger.key], keepFindings: 5 });
  expect(report.counts.findings).toBe(402);
  expect(report.findings.length).toBe(5);
});
