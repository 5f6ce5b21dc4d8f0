import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type PackageReport, parseTrustFile, readTrust } from '@tutela/evidence/verify';
import { nodeDeps, verifyPath } from '@tutela/evidence/verify/node';
import type { OrderView, PackageRow } from '@tutela/investigator-desk';
import { formatCosignerKey, formatVerifierKey } from '@tutela/ledger';
import { opensslAtHand } from '@tutela/testkit';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { Node } from '../node/node.js';
import { packagesFolder } from '../node/packing.js';
import type { Workplace } from '../node/workplace.js';
import { granted } from '../policy/refusals.js';
import { TutelaError } from '../tutela-error.js';
import { askDemoProvider } from './ask-provider.js';
import { isDemoTime, openDemoTime } from './demo-time.js';
import { openDemoCase } from './open-case.js';
import { approveAs, type DemoPeople } from './people.js';
import { knownConnection } from './world.js';

/** `earlier`: the package was there; whoever stamped it did so then. */
type TimeOf = 'configured' | 'demonstration' | 'openssl-missing' | 'earlier';

/** The package that the demonstration made, checked by the verifier that packages bring. */
export interface DemoPackage {
  readonly folder: string;
  /** Of the ZIP. */
  readonly bytes: number;
  readonly events: number;
  readonly report: PackageReport;
  /** File with the keys of this installation, for `tutela package verify --trust`. */
  readonly trust: string;
  /** Who stamped it: an authority of the operator, one of the demonstration that proves nothing, or nobody. */
  readonly time: TimeOf;
  /** What was asked of a provider, with the answer; absent where an earlier demonstration asked. */
  readonly order?: OrderView;
}

interface Packing {
  readonly folder: string;
  readonly people: DemoPeople | undefined;
  readonly reportNumber: string;
}

/**
 * From a finished report to a package: an investigator's case, an exhibit, an order that a provider answers, an approval
 * of two, the export, the check.
 * Done again it finds the package that is there; one that was cut off is begun anew, as another case.
 * @returns `undefined` where real people are enrolled, who are not acted for
 */
export const packDemoCase = async (
  node: Node,
  { folder, people, reportNumber }: Packing,
): Promise<DemoPackage | undefined> => {
  const { workplace } = node;
  const trust = path.join(folder, 'trust.json');
  const packages = workplace.desks.investigator.packages();
  const earlier = (await packages.list({ limit: 1000 })).find(
    ({ package: name, state }) => state === 'written' && /^DEMO-\d+-package$/.test(name),
  );
  if (earlier !== undefined) return checked(workplace, earlier, trust, 'earlier');
  if (people === undefined) return undefined;
  const caseRef = await openDemoCase(node, people, { folder, reportNumber });
  const order = await askDemoProvider(node, people, { caseRef, folder, connection: knownConnection });
  const name = `${caseRef}-package`;
  await draft(workplace, people, { caseRef, name, folder });
  return withTime(workplace, async (roots, time) => {
    const row = await exported(workplace, name, people.investigator.person);
    if (row.state !== 'written') {
      const advice = `tutela package export ${name} tries again.`;
      throw new TutelaError('internal', `The package was not written: ${row.why ?? row.state}.`, advice);
    }
    await writeFile(trust, trustText(workplace, people, roots));
    return { ...(await checked(workplace, row, trust, time)), order };
  });
};

const checked = async (
  { config }: Workplace,
  { package: name, zip_bytes, events }: PackageRow,
  trust: string,
  time: TimeOf,
): Promise<DemoPackage> => {
  const folder = path.join(packagesFolder(config), name);
  const texts = granted(parseTrustFile(await readFile(trust)));
  const report = await verifyPath(folder, granted(readTrust(nodeDeps.hasher, texts)));
  return { folder, bytes: zip_bytes ?? 0, events: events ?? 0, report, trust, time };
};

interface Drafting {
  readonly caseRef: string;
  readonly name: string;
  readonly folder: string;
}

const draft = async (
  { database, desks }: Workplace,
  people: DemoPeople,
  { caseRef, name, folder }: Drafting,
): Promise<void> => {
  const identity = await generateX25519Identity();
  await writeFile(path.join(folder, 'court.age-key'), `${identity}\n`, { mode: 0o600 });
  const asked = {
    caseRef,
    name,
    by: people.investigator.person,
    reason: 'demonstration',
    recipients: [{ name: 'A court of the demonstration', age: await identityToRecipient(identity) }],
    leaveOut: [],
  };
  const drafted = granted(await desks.investigator.packages().draft(asked));
  await approveAs(database.db, drafted.package.request, ...people.approvers);
};

const exportSeconds = 90;

const exported = async ({ desks }: Workplace, name: string, by: string): Promise<PackageRow> => {
  const packages = desks.investigator.packages();
  const started = granted(await packages.startExport({ name, by, whenProofIsMissing: 'refuse' }));
  for (let second = 0; second < exportSeconds; second += 0.1) {
    const row = (await packages.find(name)) ?? started;
    if (row.state !== 'exporting') return row;
    await sleep(100);
  }
  return started;
};

/** With an authority of time: the operator's, the one the demonstration keeps, or for as long as this takes one of its own. */
const withTime = async <T>(
  workplace: Workplace,
  act: (roots: readonly string[], kind: TimeOf) => Promise<T>,
): Promise<T> => {
  const { timeAuthorities } = workplace;
  const roots = () => timeAuthorities.map((one) => one.roots);
  if (timeAuthorities.length > 0) {
    return act(roots(), timeAuthorities.every(isDemoTime) ? 'demonstration' : 'configured');
  }
  if (opensslAtHand === 'missing') return act([], 'openssl-missing');
  const close = await openDemoTime(workplace);
  try {
    return await act(roots(), 'demonstration');
  } finally {
    await close();
  }
};

/** What whoever checks would be told by another way: the keys of the log, its witnesses, time and people. */
const trustText = ({ policy }: Workplace, people: DemoPeople, timeRoots: readonly string[]): string => {
  const trust = {
    v: 1,
    logKeys: policy.logs.map(({ key }) => formatVerifierKey(key)),
    witnessKeys: policy.witnesses.map(({ key }) => formatCosignerKey(key)),
    timeRoots,
    personKeys: people.approvers.map(({ publicKey }) => publicKey),
  };
  return `${JSON.stringify(trust, undefined, 2)}\n`;
};
