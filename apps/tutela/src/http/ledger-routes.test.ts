import { gunzipSync } from 'node:zlib';
import { systemClock, toHex } from '@tutela/core';
import { inTransaction, openScratchDatabase, runMigrations, type ScratchDatabase } from '@tutela/db';
import { decodeBundle, frontierAt, leafHash, openCheckpoint, rootOf, tiledTree } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, nodeVerifier, signerFromPem } from '@tutela/ledger/node';
import { appendEvents, ledgerMigrations, sequence } from '@tutela/ledger/postgres';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ledgerKey } from '../node/ledger-keeping.js';
import { ledgerPrefix, ledgerRoutes } from './ledger-routes.js';
import { createHttpServer } from './server.js';

const operatorKey = 'k'.repeat(43);
const signer = signerFromPem('test.example/ledger', newSigningKeyPem());
let scratch: ScratchDatabase;
let published: FastifyInstance;
let closed: FastifyInstance;

beforeAll(async () => {
  scratch = await openScratchDatabase();
  const { db } = scratch;
  await runMigrations(db, [ledgerMigrations]);
  const serve = (readers: 'operator' | 'public') =>
    createHttpServer({
      operatorKey,
      openPrefixes: readers === 'public' ? [ledgerPrefix] : [],
      log: () => undefined,
      status: async () => ({}),
      routes: [ledgerRoutes({ db, readers })],
    });
  [published, closed] = await Promise.all([serve('public'), serve('operator')]);
});
afterAll(async () => {
  await published.close();
  await closed.close();
  await scratch.close();
});

const write = async (events: number): Promise<void> => {
  const event = { type: 'test.act', actor: 'staff-7', at: systemClock.now(), subjects: ['one'], effects: [] };
  await inTransaction(scratch.db, (tx) =>
    appendEvents(
      tx,
      Array.from({ length: events }, (_, nth) => ({ ...event, payload: { secret: `word ${nth}` } })),
    ),
  );
  await sequence(scratch.db, { signer, clock: systemClock });
};

test('an empty log has no checkpoint', async () => {
  expect((await published.inject('/ledger/checkpoint')).statusCode).toBe(404);
  expect((await published.inject('/ledger/tile/0/000')).statusCode).toBe(404);
});

describe('a log of 300 entries', () => {
  beforeAll(() => write(300));

  test('is verified from what is served alone: checkpoint, tiles, entries', async () => {
    const answer = await published.inject('/ledger/checkpoint');
    expect(answer.headers).toMatchObject({ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
    const checkpoint = await openCheckpoint(nodeVerifier, [ledgerKey(signer)], answer.body);
    if (checkpoint.kind !== 'done') throw new Error(checkpoint.reason.message);
    const { size, root } = checkpoint.value;
    const fetched: string[] = [];
    const readTile = async (path: string): Promise<Uint8Array> => {
      fetched.push(path);
      return (await published.inject(`/ledger/${path}`)).rawPayload;
    };
    const tree = tiledTree({ hasher: nodeHasher, size, readTile });
    expect(toHex(rootOf(nodeHasher, await frontierAt(tree, size)))).toBe(toHex(root));
    expect(new Set(fetched)).toEqual(new Set(['tile/1/000.p/1', 'tile/0/001.p/44']));

    const bundle = decodeBundle(await readTile('tile/entries/000'), 256);
    const leaves = await readTile('tile/0/000');
    expect(bundle?.map((entry) => toHex(leafHash(nodeHasher, entry))).join('')).toBe(toHex(leaves));
    expect(Buffer.concat(bundle ?? []).toString()).not.toContain('word');
  });

  test('has answers that may be kept for ever, or for an hour where they are partial', async () => {
    const headersOf = async (server: FastifyInstance, path: string) =>
      (await server.inject({ url: path, headers: { authorization: `Bearer ${operatorKey}` } })).headers;
    expect(await headersOf(published, '/ledger/tile/0/000')).toMatchObject({
      'content-type': 'application/octet-stream',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(await headersOf(published, '/ledger/tile/0/001.p/44')).toMatchObject({
      'cache-control': 'public, max-age=3600, immutable',
    });
    expect(await headersOf(closed, '/ledger/tile/entries/000')).toMatchObject({
      'cache-control': 'private, max-age=31536000, immutable',
    });
  });

  test('has bundles that come compressed to whoever can read them so', async () => {
    const plain = await published.inject('/ledger/tile/entries/000');
    const packed = await published.inject({ url: '/ledger/tile/entries/000', headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(gunzipSync(packed.rawPayload).equals(plain.rawPayload)).toBe(true);
  });

  test('is there for the operator alone unless it was opened', async () => {
    for (const path of ['/ledger/checkpoint', '/ledger/tile/0/000', '/ledger/tile/entries/000']) {
      expect((await closed.inject(path)).statusCode).toBe(401);
      expect((await published.inject(path)).statusCode).toBe(200);
    }
    for (const path of ['/status', '/ledger', '/ledgers/checkpoint', '/ledger/../status']) {
      expect([path, (await published.inject(path)).statusCode]).toEqual([path, 401]);
    }
  });

  test('has nothing at addresses that are none, or that no head covers', async () => {
    const nothing = [
      '0/0',
      '0/000.p/0',
      '0/000.p/256',
      '00/000',
      '64/000',
      'entries',
      'entries/',
      '0/x000/000',
      'other/000',
    ];
    for (const path of [...nothing, '0/001', '0/001.p/45', 'entries/001', '1/000', '0/%2e%2e/000']) {
      expect([path, (await published.inject(`/ledger/tile/${path}`)).statusCode]).toEqual([path, 404]);
    }
  });
});
