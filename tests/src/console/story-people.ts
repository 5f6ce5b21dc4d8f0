import path from 'node:path';
import type { Page } from 'playwright-core';
import { tutela } from '../e2e/tutela-process.js';
import { openWithPasskeys } from './approvers.js';
import type { Ground } from './ground.js';

const approvers = ['demo-approver-1', 'demo-approver-2'] as const;

export interface StoryPeople {
  /** The newest open request is read and signed by as many as it needs, each at a page and with a passkey of their own. */
  readonly approve: (count: 1 | 2) => Promise<void>;
}

interface Hiring {
  readonly ground: Ground;
  /** Folder of the key files that the demonstration made. */
  readonly people: string;
}

/**
 * The demonstration's two approvers, each with a passkey: the first is let in by the other's key file, since there is no
 * passkey yet, the second by the first at a page.
 */
export const openStoryPeople = async ({ ground, people }: Hiring): Promise<StoryPeople> => {
  const keyOf = (person: string) => path.join(people, `${person}.key`);
  const newest = async (): Promise<string> => {
    const asked = await ground.node.ask('/policy/requests?state=open');
    const { requests } = (await asked.json()) as { readonly requests: readonly { readonly digest: string }[] };
    return requests[0]?.digest ?? '';
  };
  const pages: Page[] = [];
  for (const [nth, person] of approvers.entries()) {
    const page = await openWithPasskeys(ground, person);
    await page.getByRole('button', { name: 'Add a passkey' }).waitFor();
    await page
      .getByRole('button', { name: /^You are|demo-/ })
      .last()
      .click();
    await page.getByRole('option', { name: new RegExp(person) }).click();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('waits for the approval of somebody else').waitFor();
    pages.push(page);
    if (nth > 0) {
      await sign(pages[0] as Page, await newest());
      continue;
    }
    const [, other] = approvers;
    const passphrase = ['--passphrase-file', path.join(people, 'passphrase.txt')];
    const data = path.join(ground.data, 'demo');
    const args = ['approval', 'approve', await newest(), '--key', keyOf(other), ...passphrase, '--data', data];
    const { code, stderr } = await tutela(args);
    if (code !== 0) throw new Error(stderr);
  }
  return {
    approve: async (count) => {
      const digest = await newest();
      for (const page of pages.slice(0, count)) await sign(page, digest);
    },
  };
};

/** Somebody reads a request at the page and signs it. */
const sign = async (page: Page, digest: string): Promise<void> => {
  await page.reload();
  const request = page.locator(`[data-digest="${digest}"]`);
  await request.getByRole('button').first().click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Approve with a passkey' }).click();
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
};
