import path from 'node:path';
import { toInstant } from '@tutela/core';
import { inTransaction, openDatabase } from '@tutela/db';
import type { PersonId } from '@tutela/policy';
import { requestApproval } from '@tutela/policy/postgres';
import type { Page } from 'playwright-core';
import { type Ended, tutela } from '../e2e/tutela-process.js';
import type { Ground } from './ground.js';
import { givePasskeyDevice } from './passkey.js';

export const approvalsScreen = '/desk/oversight/approvals';

/** People of an installation with key files of their own, in one folder. */
export interface Approvers {
  readonly keyOf: (person: string) => string;
  /** Runs `tutela … --data` as somebody; ends as it ends. */
  readonly tryAs: (person: string, ...args: readonly string[]) => Promise<Ended>;
  /** The same. @throws Error when it ends otherwise than well */
  readonly runAs: (person: string, ...args: readonly string[]) => Promise<string>;
  readonly newKey: (person: string) => Promise<string>;
  /** Yes to a request, with a key file. */
  readonly approve: (person: string, digest: string) => Promise<string>;
  /** No, or never mind. */
  readonly refuse: (person: string, digest: string, reason: string) => Promise<string>;
}

export const approversOf = (ground: Ground, folder: string): Approvers => {
  const keyOf = (person: string) => path.join(folder, `${person}.key`);
  const tryAs = (person: string, ...args: readonly string[]) =>
    tutela([...args], {
      TUTELA_ACTOR: person,
      TUTELA_DATA: ground.data,
      TUTELA_PASSPHRASE: 'five words are better here',
    });
  const runAs = async (person: string, ...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await tryAs(person, ...args);
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
    return stdout.trim();
  };
  return {
    keyOf,
    tryAs,
    runAs,
    newKey: (person) =>
      runAs(person, 'person', 'new-key', person, '--name', `Officer <b>${person}</b>`, '--output', keyOf(person)),
    approve: (person, digest) => runAs(person, 'approval', 'approve', digest, '--key', keyOf(person)),
    refuse: (person, digest, reason) =>
      runAs(person, 'approval', 'refuse', digest, '--key', keyOf(person), '--reason', reason),
  };
};

/** The screen as somebody sees it who has a device for passkeys. */
export const openWithPasskeys = async (ground: Ground, person: string): Promise<Page> => {
  const page = await ground.open(approvalsScreen, { person, host: 'name' });
  await givePasskeyDevice(page);
  return page;
};

/** @returns the digest of the request that somebody else has to approve */
export const addPasskey = async (page: Page): Promise<string> => {
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('The passkey waits for the approval of somebody else.').waitFor();
  return (await page.locator('[data-digest]', { hasText: 'a passkey for' }).getAttribute('data-digest')) ?? '';
};

/** A request of yesterday that nobody took up. @returns its digest */
export const askAndForget = async (data: string, person: string): Promise<string> => {
  const database = await openDatabase({ dataFolder: data });
  try {
    const at = toInstant(new Date(Date.now() - 26 * 3_600_000));
    const asked = { action: 'case.shred', requestedBy: person as PersonId, reason: 'nobody came', content: {}, at };
    const made = await inTransaction(database.db, (tx) => requestApproval(tx, asked));
    if (made.kind !== 'done') throw new Error(made.reason.message);
    return made.value.digest;
  } finally {
    await database.close();
  }
};
