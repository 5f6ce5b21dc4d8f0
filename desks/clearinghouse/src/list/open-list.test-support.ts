import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Outcome, systemClock, toInstant } from '@tutela/core';
import { inTransaction, openScratchDatabase, runMigrations } from '@tutela/db';
import { createExchangeClient, type ExchangeEntry, type Held } from '@tutela/hashlist';
import { createProofClient } from '@tutela/hashlist/transparent';
import { noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, ledgerMigrations, sequence } from '@tutela/ledger/postgres';
import { approvalText, type Ed25519Approval, type PersonId, type RequestDigest } from '@tutela/policy';
import {
  installFirstPeople,
  keyFileId,
  policyMigrations,
  recordApproval,
  requestPerson,
} from '@tutela/policy/postgres';
import { openFolderVault } from '@tutela/vault';
import fastify from 'fastify';
import { sql } from 'kysely';
import type { SettableClock } from '../open-desk.test-support.js';
import { admitMember, grantAccess, nameReviewer, openList, revokeAccess } from './curate/members.js';
import type { NewEntry } from './curate/new-entry.js';
import { propose } from './curate/propose.js';
import { vouch } from './curate/vouch.js';
import type { ListDeps } from './deps.js';
import { listCoveredTables } from './list-events.js';
import type { ListId, MemberId } from './schema.js';
import { exchangeRoutes } from './serve/exchange-routes.js';
import { transparencyRoutes } from './serve/transparency-routes.js';

export const value = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind !== 'done') throw new Error(`${outcome.reason.code}: ${outcome.reason.message}`);
  return outcome.value;
};
export const codeOf = (outcome: Outcome<unknown>): string => (outcome.kind === 'done' ? 'done' : outcome.reason.code);

/** A clock that stands until it is moved, milliseconds at a time. */
export const standingClock = (at: number): SettableClock & { readonly pass: (milliseconds: number) => void } => {
  let now = at;
  return {
    now: () => toInstant(new Date(now)),
    set: (to) => {
      now = Date.parse(to);
    },
    pass: (milliseconds) => {
      now += milliseconds;
    },
  };
};

const someone = (id: string) => {
  const { publicKey: key, privateKey } = generateKeyPairSync('ed25519');
  const publicKey = key.export({ type: 'spki', format: 'der' }).toString('base64url');
  const person = id as PersonId;
  return {
    id: person,
    newPerson: { id: person, name: `Reviewer ${id}`, publicKey },
    approval: async (request: RequestDigest, at: Ed25519Approval['at']): Promise<Ed25519Approval> => {
      const signature = sign(null, approvalText(request, person), privateKey).toString('base64url');
      return { v: 1, method: 'ed25519', request, person, at, credentialId: await keyFileId(publicKey), signature };
    },
  };
};

/** An invented picture: hashes of a number. */
export const entryOf = (number: number, more: Partial<NewEntry> = {}): NewEntry => {
  const digest = (algorithm: string) => createHash(algorithm).update(`invented picture ${number}`).digest('hex');
  return {
    media: 'image',
    fingerprints: { MD5: digest('md5'), SHA1: digest('sha1'), PDQ: digest('sha256') },
    classification: 'A1',
    category: 'Unconfirmed CSAM',
    provenance: { kind: 'hotline', ref: `case ${number}` },
    vetting: 'both looked at it',
    ...more,
  };
};

export type ListWorld = Awaited<ReturnType<typeof openListWorld>>;

/** A list `csam` over HTTP, three people of two organisations to vouch for it, and one to propose. */
export const openListWorld = async ({ at = Date.now() - 86_400_000, ledgerPem = newSigningKeyPem() } = {}) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela-list-'));
  const database = await openScratchDatabase();
  const { db } = database;
  await runMigrations(db, [
    ledgerMigrations,
    policyMigrations,
    { schema: 'clearinghouse', folder: new URL('../../migrations/', import.meta.url) },
  ]);
  const clock = standingClock(at);
  const vault = (await openFolderVault(folder)).forCase('clearinghouse/lists');
  const deps: ListDeps = { db, vault, clock };
  const [clerk, ann, bob, eve] = [someone('clerk'), someone('ann'), someone('bob'), someone('eve')] as const;
  const by = { by: 'operator', at: clock.now() };
  value(await inTransaction(db, (tx) => installFirstPeople(tx, [clerk.newPerson, ann.newPerson], by)));
  for (const next of [bob, eve]) {
    const asked = value(
      await inTransaction(db, (tx) =>
        requestPerson(tx, next.newPerson, { requestedBy: clerk.id, reason: 'reviews', at: clock.now() }),
      ),
    );
    const word = await ann.approval(asked.digest, clock.now());
    value(await inTransaction(db, (tx) => recordApproval(tx, { rpId: 'localhost', origins: [] }, word)));
  }
  for (const [person, organisation] of [
    [ann, 'Hotline A'],
    [bob, 'Hotline B'],
    [eve, 'Hotline A'],
  ] as const)
    await nameReviewer(deps, { person: person.id, organisation, by: 'operator' });
  const list = value(
    await openList(deps, {
      list: 'csam',
      title: 'Industry',
      rule: 'two-organisations',
      publisher: 'Centre',
      by: 'operator',
    }),
  );
  const server = fastify();
  await server.register(exchangeRoutes(deps));
  await server.register(transparencyRoutes(deps));
  const origin = await server.listen({ host: '127.0.0.1', port: 0 });
  const signer = signerFromPem('clearinghouse.example/ledger', ledgerPem);

  const sign2 = async (digest: RequestDigest): Promise<void> => {
    value(await vouch(deps, await ann.approval(digest, clock.now())));
    value(await vouch(deps, await bob.approval(digest, clock.now())));
  };
  const putOn = async (entries: readonly NewEntry[], on: ListId = list) => {
    const proposed = value(await propose(deps, { list: on, by: clerk.id, entries }));
    await sign2(proposed.digest);
    return proposed;
  };
  const admit = async (username: string, on: ListId = list) => {
    const admitted = value(await admitMember(deps, { name: `Platform ${username}`, username, by: 'operator' }));
    const granted = value(await grantAccess(deps, { list: on, member: admitted.member, by: clerk.id }));
    if (granted !== undefined) await sign2(granted.digest);
    const root = `${origin}/hashsharing/${on}`;
    const { password } = admitted;
    const ask = (address: string) => {
      const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
      return fetch(`${root}${address}`, { headers: { authorization } });
    };
    const options = { root, username, password, pause: 1 };
    return { ...admitted, root, ask, client: createExchangeClient(options), proofs: createProofClient(options) };
  };
  return {
    deps,
    db,
    clock,
    list,
    origin,
    people: { clerk, ann, bob, eve },
    signer,
    key: noteKey(nodeHasher, signer.name, signer.publicKey),
    putOn,
    sign2,
    approveElsewhere: async (digest: RequestDigest, who: 'ann' | 'bob') => {
      const signed = await { ann, bob }[who].approval(digest, clock.now());
      value(await inTransaction(db, (tx) => recordApproval(tx, { rpId: 'localhost', origins: [] }, signed)));
    },
    /** Entries that stand, and reports. */
    counts: async () => {
      const { rows } = await sql<{ entries: number; batches: number; reports: number }>`
        select (select count(*)::int from clearinghouse.list_entry) as entries,
               (select count(*)::int from clearinghouse.list_batch) as batches,
               (select count(*)::int from clearinghouse.report) as reports`.execute(db);
      return rows[0];
    },
    limit: async (username: string, requests: number) => {
      await sql`update clearinghouse.list_member set requests_per_minute = ${requests} where username = ${username}`.execute(
        db,
      );
    },
    revoke: async (member: MemberId) => value(await revokeAccess(deps, { list, member, by: 'operator' })),
    admit,
    eventsOf: (type: string) =>
      sql<{ entry: string }>`select entry from ledger.event where entry like ${`%"${type}"%`}`.execute(db),
    sequence: async () => void value(await sequence(db, { signer, clock: systemClock })),
    findings: async () => {
      value(await sequence(db, { signer, clock: systemClock }));
      const publicKeys = [noteKey(nodeHasher, signer.name, signer.publicKey)];
      return (await checkLedger(db, { publicKeys, coveredTables: listCoveredTables })).findings;
    },
    close: async () => {
      await server.close();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** What a subscriber keeps, in memory. */
export const heldInMemory = () => {
  const entries = new Map<string, ExchangeEntry>();
  let checkpoint: string | undefined;
  const held: Held = {
    checkpoint: async () => checkpoint,
    apply: async (changes) => {
      for (const entry of changes) entries.set(`${entry.member.id}/${entry.id}`, entry);
    },
    advance: async (to) => {
      checkpoint = to;
    },
  };
  return {
    held,
    entries: () => [...entries.values()],
    shared: () => [...entries.values()].filter(({ kind }) => kind === 'shared'),
    deleted: () => [...entries.values()].filter(({ kind }) => kind === 'deleted'),
  };
};
