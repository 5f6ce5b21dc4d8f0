import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { tutela } from '../e2e/tutela-process.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { demonstrationDone } from './demonstration.js';
import { type Ground, type OpenOptions, openGround } from './ground.js';
import { press, tabTo } from './keyboard.js';
import { sendLetterOrder } from './letter-order.js';

interface Roles {
  readonly requests: readonly { readonly digest: string }[];
}

const executable = await chromiumPath();
const caseRef = 'DEMO-1';
const at = `/desk/investigator/cases/${caseRef}`;

describe.skipIf(executable === undefined)(`the demonstration’s case${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  let people: string;
  beforeAll(async () => {
    ground = await openGround(executable as string, ['--demo']);
    people = (await demonstrationDone(ground.data)).people;
  }, 300_000);
  afterAll(() => ground?.close());
  afterEach(() => expect(ground.faults()).toEqual([]));
  const open = (address: string, options: OpenOptions = {}): Promise<Page> =>
    ground.open(address, { person: 'demo-investigator', ...options });

  test('an order that was answered says whom the answer names', async () => {
    const page = await open(`${at}/orders`);
    await page.getByRole('link', { name: 'demo-provider' }).first().click();
    await page.getByText('exactly one customer').first().waitFor();
  });

  test('that the letter of an order was posted is noted by keyboard alone, once', async () => {
    const order = await sendLetterOrder({ data: path.join(ground.data, 'demo'), people, caseRef });
    const page = await open(`${at}/orders/${order}`);
    await page.getByText('Nobody has noted that its letter was posted.').waitFor();
    await tabTo(page, 'Note that it was posted');
    await press(page, 'Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.keyboard.type('RR123456789CA');
    // Enter in a line notes nothing; only the button does.
    await press(page, 'Enter');
    await tabTo(page, 'Note that it was posted');
    await press(page, 'Enter');
    await page
      .locator('.facts')
      .getByText(/, registered post$/)
      .waitFor();
    await page.getByText(/^demo-investigator noted that it was posted on /).waitFor();
    await page.getByText('Nobody has noted that its letter was posted.').waitFor({ state: 'detached' });
    const told = (await (await ground.node.ask(`/investigator/orders/${order}`)).json()) as object;
    const posted = { way: 'registered-post', receipt: 'RR123456789CA', notedBy: 'demo-investigator' };
    expect(told).toMatchObject({ state: 'waiting', posted });
    // Drafting and approving take eight commands.
  }, 300_000);

  test('the package is verified by keyboard alone', async () => {
    const page = await open(`${at}/packages`);
    await page.getByRole('link', { name: `${caseRef}-package` }).focus();
    await press(page, 'Enter');
    await page.getByRole('heading', { name: `Package ${caseRef}-package` }).waitFor();
    await page.getByRole('button', { name: 'Verify now' }).waitFor();
    await tabTo(page, 'Verify now');
    await press(page, 'Enter');
    await page
      .getByText(/nothing is at fault|consistent/i)
      .first()
      .waitFor();
  });

  test('a package is put up for approval by keyboard alone, and whom it is encrypted to has to be said', async () => {
    const page = await open(`${at}/packages`);
    await page.getByRole('heading', { name: 'Completeness' }).waitFor();
    await press(page, 'n');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.keyboard.type('for-the-court');
    await press(page, 'Tab', 'Tab');
    await page.keyboard.type('the prosecutor asked');
    const act = dialog.getByRole('button', { name: 'Put up for approval' });
    expect(await act.isEnabled()).toBe(false);
    await press(page, 'Shift+Tab', 'Enter');
    await page.getByRole('option', { name: /^nobody/ }).waitFor();
    await press(page, 'End', 'Enter');
    await dialog.getByRole('button', { name: /nobody/ }).waitFor();
    await tabTo(page, 'Put up for approval');
    await press(page, 'Enter');
    await page.getByRole('heading', { name: 'Package for-the-court' }).waitFor();
    const drafted = await ground.node.ask(`/investigator/packages/for-the-court`);
    expect(await drafted.json()).toMatchObject({ caseRef, draftedBy: 'demo-investigator' });
  });

  test('somebody who is nobody in the case asks for access by keyboard alone, which counts once another has approved it', async () => {
    const page = await open(at, { person: 'demo-approver-1' });
    await page.getByText('None: you see no files of this case.').waitFor();
    await tabTo(page, 'Ask for access');
    await press(page, 'Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('takes over');
    await tabTo(page, 'Ask for access');
    await press(page, 'Enter');
    await page.getByText('waits for approval').waitFor();
    const { requests } = (await (await ground.node.ask(`/investigator/cases/${caseRef}/roles`)).json()) as Roles;
    const passphrase = path.join(people, 'passphrase.txt');
    const approving = [
      'approval',
      'approve',
      requests[0]?.digest ?? '',
      '--key',
      path.join(people, 'demo-approver-2.key'),
    ];
    const data = path.join(ground.data, 'demo');
    const { code } = await tutela([...approving, '--passphrase-file', passphrase, '--data', data]);
    expect(code).toBe(0);
    await page
      .getByRole('row', { name: /demo-approver-1 examiner/ })
      .getByText('stands')
      .waitFor();
    await page.getByText('None: you see no files of this case.').waitFor({ state: 'detached' });
  });

  test('a lead takes a role away with a reason', async () => {
    const page = await open(at);
    await page.getByRole('button', { name: 'Take away: demo-approver-1, examiner' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByLabel('Reason').fill('left the unit');
    await dialog.getByRole('button', { name: 'Take away' }).click();
    await page
      .getByRole('row', { name: /demo-approver-1 examiner/ })
      .getByText('ended')
      .waitFor();
  });

  test('nobody is asked for who is not enrolled, and what was typed stays', async () => {
    const page = await open(at);
    await page.getByRole('button', { name: 'Ask for access' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('For whom').fill('nobody-9');
    await dialog.getByLabel('Reason').fill('helps');
    await dialog.getByRole('button', { name: 'Ask for access' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('helps');
  });
});
