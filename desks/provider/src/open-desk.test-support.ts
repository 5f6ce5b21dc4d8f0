import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AskedObservation, OrderDocument } from '@tutela/attribution/exchange';
import { type Clock, type Outcome, toInstant } from '@tutela/core';
import { inTransaction, openScratchDatabase, runMigrations, type ScratchDatabase } from '@tutela/db';
import { ledgerMigrations } from '@tutela/ledger/postgres';
import { approvalText, type PersonId, type RequestDigest } from '@tutela/policy';
import {
  installFirstPeople,
  keyFileId,
  policyMigrations,
  readSite,
  recordApproval,
  requestPerson,
} from '@tutela/policy/postgres';
import fastify from 'fastify';
import { openProviderDesk, type ProviderDeps, type ProviderDesk } from './desk.js';
import { providerIdentityMigrations, providerMigrations } from './index.js';

export const value = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind !== 'done') throw new Error(`${outcome.reason.code}: ${outcome.reason.message}`);
  return outcome.value;
};

export interface SettableClock extends Clock {
  readonly set: (at: string) => void;
}
export const settableClock = (at: string): SettableClock => {
  let now = new Date(at);
  return {
    now: () => toInstant(now),
    set: (to) => {
      now = new Date(to);
    },
  };
};

interface Person {
  readonly id: PersonId;
  readonly publicKey: string;
  readonly sign: (text: Uint8Array) => string;
}
const person = (name: string): Person => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    id: name as PersonId,
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'),
    sign: (text) => sign(null, text, privateKey).toString('base64url'),
  };
};

export interface Ground {
  readonly database: ScratchDatabase;
  readonly clock: SettableClock;
  /** The desk's folder. */
  readonly folder: string;
  readonly scratch: string;
  /** Who asks, and two who approve. */
  readonly asker: string;
  readonly approve: (digest: RequestDigest, by: 'staff-2' | 'staff-3') => Promise<void>;
  readonly file: (name: string, text: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** A database with three people, and folders. */
export const openGround = async (at: string): Promise<Ground> => {
  const scratch = await mkdtemp(path.join(tmpdir(), 'tutela-provider-'));
  const database = await openScratchDatabase();
  const { db } = database;
  await runMigrations(db, [ledgerMigrations, policyMigrations, providerMigrations, providerIdentityMigrations]);
  const clock = settableClock(at);
  const people = ['staff-1', 'staff-2', 'staff-3'].map(person) as [Person, Person, Person];
  const [one, two, three] = people;
  const known = ({ id, publicKey }: Person) => ({ id, name: `Officer ${id}`, publicKey });
  const approve = async (request: RequestDigest, by: string): Promise<void> => {
    const who = people.find(({ id }) => id === by) ?? one;
    const signature = who.sign(approvalText(request, who.id));
    const credentialId = await keyFileId(who.publicKey);
    const approval = {
      v: 1,
      method: 'ed25519',
      request,
      person: who.id,
      at: clock.now(),
      credentialId,
      signature,
    } as const;
    value(await inTransaction(db, async (tx) => recordApproval(tx, await readSite(tx), approval)));
  };
  const by = { by: 'operator', at: clock.now() };
  value(await inTransaction(db, (tx) => installFirstPeople(tx, [known(one), known(two)], by)));
  const asking = { requestedBy: one.id, reason: 'a third', at: clock.now() };
  await approve(value(await inTransaction(db, (tx) => requestPerson(tx, known(three), asking))).digest, 'staff-2');
  return {
    database,
    clock,
    folder: path.join(scratch, 'desk'),
    scratch,
    asker: one.id,
    approve,
    file: async (name, text) => {
      const file = path.join(scratch, name);
      await writeFile(file, text);
      return file;
    },
    close: async () => {
      await database.close();
      await rm(scratch, { recursive: true, force: true });
    },
  };
};

export const openDesk = (ground: Ground, more: Partial<ProviderDeps> = {}): Promise<ProviderDesk> =>
  openProviderDesk({ db: ground.database.db, folder: ground.folder, clock: ground.clock, ...more });

export interface Served {
  readonly address: string;
  readonly stop: () => Promise<void>;
}
export const serve = async (
  { routes }: ProviderDesk,
  log: (line: string) => void = () => undefined,
): Promise<Served> => {
  const server = fastify({ logger: { level: 'trace', stream: { write: log } } });
  await server.register(routes);
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  return { address, stop: () => server.close() };
};

/** 2 March 2026; a day of logs. */
export const day = '2026-03-02';
const start = Date.parse(`${day}T00:00:00Z`);
export const atHour = (hour: number): number => start + Math.round(hour * 3_600_000);

const declared = {
  log: {
    exporter: 'cgn1',
    exporterFrom: 'declaration',
    natInstance: 'cgn-a',
    zone: 'UTC',
    year: { kind: 'none' },
    abbreviations: {},
    hours: 24,
    sequence: 'some-messages',
  },
  realm: 'access',
  vrf: 'ignored',
  account: ['account'],
  clockErrorSeconds: 0,
  evidence: 'lossless',
  ends: { kind: 'logged' },
  retentionDays: 90,
} as const;

/** A NAT with port blocks on 203.0.113.0/24, and the RADIUS log behind it. */
export const natSource = {
  ...declared,
  format: 'junos-spc3',
  role: { kind: 'translation', nat: 'port-blocks', leadsTo: 'inside' },
  pools: ['203.0.113.0/24'],
};
export const radiusSource = {
  ...declared,
  log: { ...declared.log, exporter: 'radius1', natInstance: 'radius' },
  format: 'freeradius-detail',
  role: { kind: 'session' },
  pools: [],
};

export interface Lease {
  readonly customer: number;
  readonly ip: string;
  readonly block: number;
  readonly from: number;
  readonly to: number;
}

const insideOf = (customer: number): string => `100.64.${customer >> 8}.${customer & 255}`;
const portsOf = (block: number) => ({ first: 1024 + 512 * block, last: 1535 + 512 * block });

/** Lines as a Junos device writes them, in order of time. */
export const junosLog = (leases: readonly Lease[]): string =>
  leases
    .flatMap((lease) => [
      { at: lease.from, text: junosLine('ALLOC', lease, lease.from) },
      { at: lease.to, text: junosLine('RELEASE', lease, lease.to) },
    ])
    .sort((one, other) => one.at - other.at)
    .map(({ text }) => `${text}\n`)
    .join('');

const junosLine = (event: string, { customer, ip, block }: Lease, at: number): string => {
  const { first, last } = portsOf(block);
  const epoch = Math.floor(at / 1000).toString(16);
  return (
    `<14>1 ${new Date(at).toISOString()} bng1 RT_NAT - RT_SRC_NAT_PBA_${event} [junos@2636.1.1.1.2.25 ` +
    `internal-ip="${insideOf(customer)}" block-used="1" block-max-per-host="4" block-port-low="${first}" ` +
    `block-port-high="${last}" reflexive-ip="${ip}" nat-pool-name="cgn-a" logical-system-id="0" epoch-time-64="${epoch}"]`
  );
};

/** A session of each customer from half an hour after midnight to half an hour before the next. */
export const radiusLog = (customers: readonly number[], accountOf: (customer: number) => string): string =>
  [0.25, 23.75]
    .flatMap((hour, place) =>
      customers.map((customer) => {
        const at = new Date(atHour(hour) + 1000 * customer);
        const stamp = `${at.toLocaleString('en-US', { month: 'short', timeZone: 'UTC' })} ${String(at.getUTCDate()).padStart(2)} ${at.getUTCFullYear()} ${at.toISOString().slice(11, 19)} UTC`;
        return [
          'Mon Mar  2 00:00:00 2026',
          `\tAcct-Status-Type = ${place === 0 ? 'Start' : 'Stop'}`,
          `\tAcct-Session-Id = "s${customer}"`,
          `\tUser-Name = "${accountOf(customer)}"`,
          '\tNAS-IP-Address = 192.0.2.10',
          `\tFramed-IP-Address = ${insideOf(customer)}`,
          `\tEvent-Timestamp = "${stamp}"`,
          '\tAcct-Delay-Time = 0',
          '',
          '',
        ].join('\n');
      }),
    )
    .join('');

export const observation = (
  ip: string,
  port: number | undefined,
  at: number,
  more: Partial<AskedObservation> = {},
): AskedObservation => {
  const utc = new Date(at).toISOString();
  return {
    ip,
    ...(port === undefined ? {} : { port, proto: 'tcp' as const }),
    from: { text: utc, utc },
    clock: { errorSeconds: 1 },
    role: 'connection-source',
    sourceDocument: 'cd'.repeat(32),
    entry: 'electronic',
    ...more,
  };
};

let references = 0;
export const order = (observations: readonly AskedObservation[], more: Partial<OrderDocument> = {}): OrderDocument => ({
  format: 'tutela-attribution-order/1',
  reference: `case-7/${++references}`,
  issuedBy: 'Ontario Court of Justice',
  issuedAt: '2026-03-03T09:00:00.000Z',
  expiresAt: '2026-04-03T09:00:00.000Z',
  documentSha256: 'ab'.repeat(32),
  purpose: 'investigation',
  offence: 's. 163.1',
  scope: [{ addresses: '203.0.113.0/24', from: '2026-03-02T00:00:00.000Z', to: '2026-03-02T23:59:59.999Z' }],
  disclose: 'identity',
  qualified: 'withheld',
  maxCandidates: 1,
  together: 'separate',
  observations: [...observations],
  ...more,
});

/** An agency over HTTP. */
export const agency = (address: string, credential: string) => {
  const headers = { authorization: `Bearer ${credential}`, 'content-type': 'application/json' };
  const get = async (route: string) => {
    const response = await fetch(`${address}/attribution/v1/${route}`, { headers });
    return { status: response.status, text: await response.text() };
  };
  return {
    send: async (body: unknown) => {
      const sent = { method: 'POST', headers, body: JSON.stringify(body) };
      const response = await fetch(`${address}/attribution/v1/orders`, sent);
      return { status: response.status, text: await response.text() };
    },
    state: (orderId: string) => get(`orders/${orderId}`),
    answer: (orderId: string) => get(`orders/${orderId}/answer`),
  };
};
