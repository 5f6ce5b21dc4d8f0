// Events into the ledger: written by appendEvents in batches, counted once a signed checkpoint covers them.
//
//   npm run bench -- ledger [--seconds 10] [--batch 1000] [--writers 1,4]
//
// Beside it, in the same run: plain multi-row INSERTs of the same bytes into one table with a primary key, over as many
// connections. The ledger's seconds end when the last event is in a signed checkpoint.
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '@tutela/core';
import { inTransaction, openDatabase, runMigrations } from '@tutela/db';
import { newSigningKeyPem, signerFromPem } from '@tutela/ledger/node';
import { appendEvents, ledgerMigrations, startSequencer } from '@tutela/ledger/postgres';
import { sql } from 'kysely';
import { median, printTable } from './table.mjs';

const payload = {
  host: 'service.example',
  account: 'user-4711',
  sha256: 'a'.repeat(64),
  bytes: '183450',
  matched: 'exact',
};

const newEvents = (batch, from, effects) =>
  Array.from({ length: batch }, (_, nth) => ({
    type: 'bench.file-matched',
    actor: 'staff-7',
    at: systemClock.now(),
    subjects: [`file-${from + nth}`],
    payload: { ...payload, number: from + nth },
    effects: effects
      ? [{ kind: 'written', table: 'bench.thing', key: { id: from + nth }, columns: ['word', 'bytes'] }]
      : [],
  }));

/** `writers` at once, each one transaction after the other, until the time is over. @returns how many events */
const write = async (writers, seconds, batch, writeBatch) => {
  const until = performance.now() + seconds * 1000;
  let next = 0;
  const work = async () => {
    while (performance.now() < until) {
      const from = next;
      next += batch;
      await writeBatch(from);
    }
  };
  await Promise.all(Array.from({ length: writers }, work));
  return next;
};

const insertThings = (tx, from, batch) =>
  sql`
  insert into bench.thing (id, word, bytes)
  select n, 'word ' || n, sha256(n::text::bytea) from generate_series(${from}::int, ${from + batch - 1}::int) as n`.execute(
    tx,
  );

const ledgerRate = async (db, { writers, seconds, batch, effects }) => {
  const signer = signerFromPem('bench.example/ledger', newSigningKeyPem());
  const started = await startSequencer(db, { signer, clock: systemClock, everyMs: 1000 });
  const sizeOf = async () => {
    const { rows } =
      await sql`select coalesce(max(size), 0)::int as size, count(*)::int as heads from ledger.checkpoint`.execute(db);
    return rows[0];
  };
  const begin = performance.now();
  const cpu = process.cpuUsage();
  const events = await write(writers, seconds, batch, (from) =>
    inTransaction(db, async (tx) => {
      if (effects) await insertThings(tx, from, batch);
      await appendEvents(tx, newEvents(batch, from, effects));
    }),
  );
  const written = performance.now();
  started.value.wake();
  let state = await sizeOf();
  for (; state.size < events; state = await sizeOf()) await new Promise((resolve) => setTimeout(resolve, 20));
  const end = performance.now();
  const { user, system } = process.cpuUsage(cpu);
  await started.value.stop();
  return {
    rate: (1000 * events) / (end - begin),
    events,
    heads: state.heads,
    behind: end - written,
    cpu: (user + system) / events,
  };
};

/** The bytes of as many events, in one table. */
const plainRate = async (db, { writers, seconds, batch, effects }) => {
  const { rows } = await sql`
    select event.id, event.entry, opening.key, opening.payload
      from ledger.event join ledger.opening on opening.event_id = event.id limit ${batch}`.execute(db);
  const hex = (bytes) => Buffer.from(bytes).toString('hex');
  const columns = [rows.map(({ entry }) => entry), rows.map(({ key }) => hex(key)), rows.map((row) => row.payload)];
  const begin = performance.now();
  const events = await write(writers, seconds, batch, (from) =>
    inTransaction(db, async (tx) => {
      if (effects) await insertThings(tx, from, batch);
      await sql`
        insert into bench.plain (id, entry, key, payload)
        select gen_random_uuid(), entry, decode(key, 'hex'), payload
          from unnest(${columns[0]}::text[], ${columns[1]}::text[], ${columns[2]}::text[]) as given(entry, key, payload)`.execute(
        tx,
      );
    }),
  );
  return (1000 * events) / (performance.now() - begin);
};

const inOwnDatabase = async (measure) => {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'bench-ledger-'));
  const { db, close } = await openDatabase({ dataFolder });
  try {
    await runMigrations(db, [ledgerMigrations]);
    await sql`create schema bench`.execute(db);
    await sql`create table bench.thing (id bigint primary key, word text, bytes bytea)`.execute(db);
    await sql`create table bench.plain (id uuid primary key, entry text, key bytea, payload text)`.execute(db);
    return await measure(db);
  } finally {
    await close();
    await rm(dataFolder, { recursive: true, force: true });
  }
};

export const run = async (options) => {
  const { values } = parseArgs({
    args: options,
    options: {
      seconds: { type: 'string', default: '10' },
      batch: { type: 'string', default: '1000' },
      writers: { type: 'string', default: '1,4' },
      rounds: { type: 'string', default: '1' },
    },
  });
  const [seconds, batch, rounds] = [values.seconds, values.batch, values.rounds].map(Number);
  const table = [];
  for (const effects of [false, true]) {
    for (const writers of values.writers.split(',').map(Number)) {
      const rates = [];
      for (let round = 0; round < rounds; round++) {
        const load = loadavg()[0];
        rates.push(
          await inOwnDatabase(async (db) => {
            const how = { writers, seconds, batch, effects };
            const ledger = await ledgerRate(db, how);
            await sql`truncate bench.thing`.execute(db);
            return { ...ledger, plain: await plainRate(db, how), load };
          }),
        );
      }
      const of = (name) => median(rates.map((each) => each[name]));
      table.push([
        effects ? 'one row each' : 'none',
        String(writers),
        of('events').toLocaleString('en'),
        of('heads').toLocaleString('en'),
        `${of('behind').toFixed(0)} ms`,
        Math.round(of('rate')).toLocaleString('en'),
        Math.round(of('plain')).toLocaleString('en'),
        (of('rate') / of('plain')).toFixed(2),
        `${of('cpu').toFixed(0)} µs`,
        of('load').toFixed(1),
      ]);
    }
  }
  printTable(
    `Events until a signed checkpoint covers them, ${batch} a transaction, a checkpoint each second`,
    [
      'effects',
      'writers',
      'events',
      'checkpoints',
      'last one after',
      'events/s',
      'plain INSERT rows/s',
      'ratio',
      'Node’s CPU an event',
      'load before',
    ],
    table,
  );
};
