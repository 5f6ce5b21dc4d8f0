import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock, type UtcInstant } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import {
  askToSend,
  carryOrder,
  draftOrder,
  importObservedInReport,
  importRanges,
  noteProvider,
  type OrderId,
  type OrderView,
  readCaseFile,
  sendOrder,
  viewOrder,
} from '@tutela/investigator-desk';
import { enterAuthority } from '@tutela/policy/postgres';
import { keepCredential, readCredential } from '../node/exchange-credentials.js';
import type { Node } from '../node/node.js';
import type { Workplace } from '../node/workplace.js';
import { granted } from '../policy/refusals.js';
import { TutelaError } from '../tutela-error.js';
import { demoAuthority } from './authority.js';
import { approveAs, type DemoPeople } from './people.js';
import { type LoggedConnection, makeDemoProvider } from './provider-world.js';

const providerId = 'demo-provider';
const providerName = 'Example Internet Provider';
const holder = `AS64496 ${providerName}`;
const reason = 'demonstration';
const waitSeconds = 30;

interface Asking {
  readonly caseRef: string;
  readonly folder: string;
  readonly connection: LoggedConnection;
}

type Act = <T>(doIt: (tx: Tx, told: { readonly by: string; readonly at: UtcInstant }) => Promise<T>) => Promise<T>;

/**
 * Who had the address of the case's report: an order from the investigator desk to the provider desk over the node's own
 * HTTP, approved by two people on each side, and its answer.
 */
export const askDemoProvider = async (
  node: Node,
  people: DemoPeople,
  { caseRef, folder, connection }: Asking,
): Promise<OrderView> => {
  const { workplace } = node;
  const { db } = workplace.database;
  const { investigator, approvers } = people;
  const by = investigator.person;
  const act: Act = (doIt) => inTransaction(db, (tx) => doIt(tx, { by, at: systemClock.now() }));

  await makeDemoProvider(workplace, path.join(folder, 'provider'), connection);
  await introduce(node, act, connection);
  for (const { report_id: reportId } of (await readCaseFile(db, caseRef))?.reports ?? []) {
    const asked = { caseRef, reportId, settings, proto: 'tcp', clockErrorSeconds: '2' } as const;
    granted(await act((tx, told) => importObservedInReport(tx, asked, told)));
  }
  const { ip } = connection;
  const scope = { sources: [`provider/${providerId}`], addresses: [ip] };
  const authority = demoAuthority({
    caseRef,
    kind: 'production-order',
    fileNumber: 'DEMO-ORDER-2',
    grants: ['disclose'],
    scope,
    by,
  });
  const entered = granted(await act((tx) => enterAuthority(tx, authority)));
  await approveAs(db, entered.digest, approvers[0]);
  const wish = { caseRef, providerId, authorityId: authority.id, purpose: reason } as const;
  const terms = { disclose: 'identity', qualified: 'withheld', together: 'separate' } as const;
  const { order_id: orderId } = granted(await act((tx, told) => draftOrder(tx, { ...wish, ...terms }, told)));
  const { digest } = granted(await act((tx, told) => askToSend(tx, { orderId, reason }, told)));
  await approveAs(db, digest, ...approvers);
  granted(await act((tx, told) => sendOrder(tx, workplace.engine(), { orderId, digest }, told)));
  await until(node, orderId, 'waiting');
  await release(workplace, people, `${caseRef}/${orderId}`);
  const { dataFolder } = workplace.config;
  const credentialOf = (id: string) => readCredential(dataFolder, id);
  // The node looks again in a quarter of a minute; nobody has to wait for that.
  await carryOrder({ db, clock: systemClock, credentialOf, log: () => undefined }, orderId);
  return until(node, orderId, 'answered');
};

const settings = { documentation: 'allow', hours: 24, abbreviations: {} } as const;

/** Whose the address is, how to ask them, and the credential that they issued. */
const introduce = async ({ workplace, origin }: Node, act: Act, { ip }: LoggedConnection): Promise<void> => {
  const text = `prefix,holder,country\n${ip}/32,${holder},CA\n`;
  const ranges = { kind: 'table', name: 'demonstration.csv', text, published: '2026-03-01' } as const;
  const imported = await act((tx, told) => importRanges(tx, ranges, told));
  if (imported.kind !== 'done' && imported.reason.code !== 'imported-already') granted(imported);
  const contact = { email: null, language: 'en', answer_days: 14, sharing: 3, country: 'CA' } as const;
  const provider = { provider_id: providerId, name: providerName, holders: [holder], exchange_url: origin, ...contact };
  granted(await act((tx, told) => noteProvider(tx, provider, told)));
  const { credential } = await workplace.desks.provider.issueCredential('Demonstration', reason);
  await keepCredential(workplace.config.dataFolder, providerId, credential);
};

/** The provider's side: the order as it came, put up by one, approved by two, answered. */
const release = async (
  { database: { db }, desks: { provider } }: Workplace,
  { investigator, approvers }: DemoPeople,
  reference: string,
): Promise<void> => {
  const received = (await provider.orders(1000)).find((order) => order.reference === reference);
  if (received === undefined) throw notAnswered(`${reference} did not arrive`);
  const { orderId } = received;
  const by = investigator.person;
  const { digest } = granted(await provider.askRelease(orderId, { by, reason }));
  await approveAs(db, digest, ...approvers);
  granted(await provider.releaseOrder(orderId, { approval: digest, by }));
};

const until = async ({ workplace }: Node, orderId: OrderId, state: OrderView['state']): Promise<OrderView> => {
  for (let second = 0; second < waitSeconds; second += 0.05) {
    const view = await viewOrder(workplace.database.db, orderId, systemClock.now());
    if (view?.state === state) return view;
    await sleep(50);
  }
  throw notAnswered(`order ${orderId} is not ${state}`);
};

const notAnswered = (what: string): TutelaError =>
  new TutelaError('internal', `The provider was not asked: ${what}.`, 'Run it again.');
