import path from 'node:path';
import type { Page } from 'playwright-core';
import { tutela } from '../e2e/tutela-process.js';
import type { Ground } from './ground.js';
import { givePasskeyDevice } from './passkey.js';

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

/** The demonstration's two approvers, each with a passkey that the other approved by key file. */
export const openStoryPeople = async ({ ground, people }: Hiring): Promise<StoryPeople> => {
  const keyOf = (person: string) => path.join(people, `${person}.key`);
  const newest = async (): Promise<string> => {
    const asked = await ground.node.ask('/policy/requests?state=open');
    const { requests } = (await asked.json()) as { readonly requests: readonly { readonly digest: string }[] };
    return requests[0]?.digest ?? '';
  };
  const pages: Page[] = [];
  for (const [nth, person] of approvers.entries()) {
    const page = await ground.open('/desk/oversight/approvals', { person, host: 'name' });
    await givePasskeyDevice(page);
    await page.getByRole('button', { name: 'Add a passkey' }).waitFor();
    await page
      .getByRole('button', { name: /^You are|demo-/ })
      .last()
      .click();
    await page.getByRole('option', { name: new RegExp(person) }).click();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('waits for the approval of somebody else').waitFor();
    const [other = ''] = approvers.filter((_, which) => which !== nth);
    const passphrase = ['--passphrase-file', path.join(people, 'passphrase.txt')];
    const data = path.join(ground.data, 'demo');
    const args = ['approval', 'approve', await newest(), '--key', keyOf(other), ...passphrase, '--data', data];
    const { code, stderr } = await tutela(args);
    if (code !== 0) throw new Error(stderr);
    pages.push(page);
  }
  return {
    approve: async (count) => {
      const digest = await newest();
      for (const page of pages.slice(0, count)) {
        await page.reload();
        const request = page.locator(`[data-digest="${digest}"]`);
        await request.getByRole('button').first().click();
        await page.getByRole('alertdialog').getByRole('button', { name: 'Approve with a passkey' }).click();
        await page.getByRole('alertdialog').waitFor({ state: 'detached' });
      }
    },
  };
};
